// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import io.minio.Signer;
import io.minio.errors.MinioException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.ByteString;

/** Makes requests to one endpoint, signed by version 4 of AWS' signatures. Keys are read anew for each. */
final class SignedRequests {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    private final HttpUrl endpoint;
    private final S3Settings settings;
    private final InstantSource clock;

    SignedRequests(HttpUrl endpoint, S3Settings settings, InstantSource clock) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.clock = clock;
    }

    Request of(S3Question question) throws CollectionException {
        var body = question.body();
        var hash = body.orElse(ByteString.EMPTY).sha256().hex();
        var url = url(question);
        var request = new Request.Builder()
                .url(url)
                .header("Host", host(url))
                .header("x-amz-content-sha256", hash)
                .header("x-amz-date", TIME.format(clock.instant()))
                .header("Accept-Encoding", "identity")
                .method(
                        question.method(),
                        body.map(content -> RequestBody.create(content, null)).orElse(null))
                .build();
        return signed(request, hash);
    }

    private Request signed(Request request, String hash) throws CollectionException {
        try {
            return Signer.signV4S3(request, settings.region(), accessKey(), reveal(settings.secretKey()), hash);
        } catch (MinioException e) {
            throw new CollectionException(Reason.BUG, "cannot sign a request", e);
        }
    }

    private HttpUrl url(S3Question question) {
        var url = endpoint.newBuilder();
        if (settings.addressing() == S3Settings.Addressing.HOST) {
            url.host(question.bucket() + "." + endpoint.host());
        } else {
            url.addPathSegment(question.bucket());
        }
        question.key().ifPresent(key -> url.addEncodedPathSegments(encoded(key).replace("%2F", "/")));
        question.query().forEach((name, value) -> url.addEncodedQueryParameter(encoded(name), encoded(value)));
        return url.build();
    }

    /** As S3 has it for signatures: all but letters, digits and - . _ ~, which is more than URLs ask for. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** As the client would write it: the signature covers it. */
    private static String host(HttpUrl url) {
        var host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }

    /** It stands in a header as it is. */
    private String accessKey() throws CollectionException {
        var key = reveal(settings.accessKey());
        if (!PRINTABLE.matcher(key).matches()) {
            throw new CollectionException(
                    Reason.AUTH, "accessKey from " + settings.accessKey().origin() + ": not what a header can hold");
        }
        return key;
    }

    private static String reveal(Secret secret) throws CollectionException {
        try {
            return secret.reveal();
        } catch (IllegalStateException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        }
    }
}
