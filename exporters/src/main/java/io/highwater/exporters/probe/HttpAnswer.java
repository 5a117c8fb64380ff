// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.ByteString;

/**
 * One answer, as far as it came.
 *
 * @param announced the length of the body before it is decompressed, if it was said
 * @param body empty when nobody wants to see it
 * @param length of the body as far as it was read, decompressed
 * @param broken why the body was not read to its end
 */
record HttpAnswer(
        HttpUrl url,
        int status,
        Protocol protocol,
        Headers headers,
        Optional<Long> announced,
        ByteString body,
        long length,
        Optional<ProbeFailure> broken) {

    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    /** How one is read. */
    record Reading(String what, Attempt attempt, HttpTrace trace, int maxBytes, boolean wanted) {

        /** Reads all of it; into memory only what somebody looks at. */
        HttpAnswer of(Response response) {
            var into = wanted ? new ByteArrayOutputStream() : OutputStream.nullOutputStream();
            long length = 0;
            Optional<ProbeFailure> broken = Optional.empty();
            var part = new byte[8192];
            try (var body = response.body().byteStream()) {
                for (int read = body.read(part); read >= 0 && broken.isEmpty(); read = body.read(part)) {
                    into.write(part, 0, read);
                    length += read;
                    broken = length > maxBytes ? Optional.of(tooLong()) : broken;
                }
                if (broken.isEmpty()) {
                    trace.transferred();
                }
            } catch (IOException e) {
                broken = broken.or(() -> Optional.of(NetworkFailures.of(what, e, attempt)));
            }
            var kept = into instanceof ByteArrayOutputStream memory
                    ? ByteString.of(memory.toByteArray())
                    : ByteString.EMPTY;
            return HttpAnswer.of(response, kept, length, broken);
        }

        private ProbeFailure tooLong() {
            return new ProbeFailure(FailureReason.BODY, what + ": the body has more than " + maxBytes + " bytes");
        }
    }

    private static HttpAnswer of(Response response, ByteString body, long length, Optional<ProbeFailure> broken) {
        return new HttpAnswer(
                response.request().url(),
                response.code(),
                response.protocol(),
                response.headers(),
                announced(response),
                body,
                length,
                broken);
    }

    /** What the server itself said: the client hides it from who reads the body decompressed. */
    private static Optional<Long> announced(Response response) {
        var raw = response.networkResponse();
        var text = raw == null ? null : raw.header("Content-Length");
        try {
            return text == null ? Optional.empty() : Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Where it sends us; empty when it is no redirect. */
    Optional<HttpUrl> leadsTo() {
        return REDIRECTS.contains(status)
                ? Optional.ofNullable(headers.get("Location")).map(url::resolve)
                : Optional.empty();
    }

    /** The body as text, in the character set that it says it is in. */
    String text() {
        var type = Optional.ofNullable(headers.get("Content-Type")).map(MediaType::parse);
        return body.string(
                type.map(known -> known.charset(StandardCharsets.UTF_8)).orElse(StandardCharsets.UTF_8));
    }

    /** As in {@code HTTP/1.1}. */
    double version() {
        return switch (protocol) {
            case HTTP_1_0 -> 1.0;
            case HTTP_2, H2_PRIOR_KNOWLEDGE -> 2.0;
            default -> 1.1;
        };
    }

    void addTo(Samples out) {
        out.add(HttpFamilies.STATUS, status);
        out.add(HttpFamilies.VERSION, version());
        out.add(HttpFamilies.SSL, url.isHttps());
        announced.ifPresent(bytes -> out.add(HttpFamilies.CONTENT_LENGTH, bytes));
        out.add(HttpFamilies.BODY_LENGTH, (double) length);
        var modified = headers.getInstant("Last-Modified");
        if (modified != null) {
            out.add(HttpFamilies.LAST_MODIFIED, (double) modified.getEpochSecond());
        }
    }
}
