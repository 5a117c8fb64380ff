// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a test does to an S3 server and what it sees of it, one request at a time: statuses and bodies, signed by version 4
 * of AWS' signatures. Names of buckets and objects are of letters, digits, {@code -}, {@code .} and {@code /}. Its
 * connections are kept, and shared by those that are made of it.
 */
public final class S3Client implements AutoCloseable {

    /** What the server answered, read as UTF-8; status 0 when it did not, and why. */
    public record Answer(int status, String text) {}

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String REGION = "us-east-1";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final URI server;
    private final S3Account account;
    private final HttpClient http;
    private final Clock clock;

    private S3Client(URI server, S3Account account, HttpClient http, Clock clock) {
        this.server = server;
        this.account = account;
        this.http = http;
        this.clock = clock;
    }

    /** @param url without a path */
    public static S3Client of(String url, S3Account account) {
        return of(url, account, null);
    }

    static S3Client of(String url, S3Account account, @Nullable LabTls tls) {
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT);
        if (tls != null) {
            http.sslContext(tls.clientContext());
        }
        return new S3Client(URI.create(url), account, http.build(), Clock.systemUTC());
    }

    /** One whose clock is wrong by so much; servers refuse more than 15 minutes. */
    public S3Client skewed(Duration by) {
        return new S3Client(server, account, http, Clock.offset(clock, by));
    }

    public S3Client as(S3Account other) {
        return new S3Client(server, other, http, clock);
    }

    /** @throws LabException when it was not made */
    public void createBucket(String bucket) {
        createBucket(bucket, Map.of());
    }

    /** One whose objects can be locked against deletion, which a store wants to know from the start. */
    public void createBucketWithLock(String bucket) {
        createBucket(bucket, Map.of("x-amz-bucket-object-lock-enabled", "true"));
    }

    private void createBucket(String bucket, Map<String, String> headers) {
        var answer = send("PUT", "/" + bucket, "", headers, new byte[0]);
        if (answer.status() != 200) {
            throw new LabException("no bucket " + bucket + ": " + answer.status() + " " + answer.text());
        }
    }

    /** Returns the status; 0 when there was no answer within 5 s. */
    public int put(String bucket, String object, byte[] content) {
        return send("PUT", path(bucket, object), "", content).status();
    }

    public Answer get(String bucket, String object) {
        return send("GET", path(bucket, object), "", new byte[0]);
    }

    public int delete(String bucket, String object) {
        return send("DELETE", path(bucket, object), "", new byte[0]).status();
    }

    /**
     * Deletes a folder of objects for good, as only MinIO can: its DELETE of one object leaves the content in the trash of
     * each drive, which it empties every five minutes.
     *
     * @throws LabException when it was not deleted
     */
    public void purge(String bucket, String folder) {
        var answer = send("DELETE", path(bucket, folder), "", Map.of("x-minio-force-delete", "true"), new byte[0]);
        if (answer.status() != 204) {
            throw new LabException("no purge of " + folder + ": " + answer.status() + " " + answer.text());
        }
    }

    private static String path(String bucket, String object) {
        return "/" + bucket + "/" + object;
    }

    /**
     * A signed request.
     *
     * @param query such as {@code versioning=}, in the order of its names, encoded
     */
    public Answer send(String method, String path, String query, byte[] body) {
        return send(method, path, query, Map.of(), body);
    }

    private Answer send(String method, String path, String query, Map<String, String> more, byte[] body) {
        var time = TIME.format(clock.instant());
        var hash = hex(sha256(body));
        var headers = new TreeMap<>(more);
        headers.put("host", server.getAuthority());
        headers.put("x-amz-content-sha256", hash);
        headers.put("x-amz-date", time);
        var signed = String.join(";", headers.keySet());
        var lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        var canonical = String.join("\n", method, path, query, lines, signed, hash);
        var request = request(path, query)
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Authorization", authorization(time, signed, canonical));
        headers.remove("host"); // the client's own business
        headers.forEach(request::header);
        if (body.length > 0) {
            request.header(
                    "Content-MD5", Base64.getEncoder().encodeToString(digest("MD5", body))); // some set-ups want it
        }
        return answer(request.build());
    }

    /** The status of a GET without a signature; 0 when there is no answer within 5 s. */
    public int status(String path) {
        return answer(request(path, "").build()).status();
    }

    private HttpRequest.Builder request(String path, String query) {
        return HttpRequest.newBuilder(server.resolve(path + (query.isEmpty() ? "" : "?" + query)))
                .timeout(LIMIT);
    }

    private Answer answer(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while asking " + server, e);
        }
    }

    private String authorization(String time, String signed, String canonical) {
        var day = time.substring(0, 8);
        var scope = day + "/" + REGION + "/s3/aws4_request";
        var toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(canonical.getBytes(UTF_8))));
        var key = ("AWS4" + account.secretKey()).getBytes(UTF_8);
        for (var part : new String[] {day, REGION, "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        return "AWS4-HMAC-SHA256 Credential=" + account.accessKey() + "/" + scope + ", SignedHeaders=" + signed
                + ", Signature=" + hex(hmac(key, toSign));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new LabException("no HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        return digest("SHA-256", bytes);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new LabException("no " + algorithm, e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Cuts what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
