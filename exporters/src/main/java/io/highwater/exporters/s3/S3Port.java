// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.CollectionException;
import io.highwater.core.Texts;
import io.highwater.exporters.client.http.BoundedBody;
import io.highwater.exporters.client.http.HttpLink;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import okhttp3.Headers;
import okhttp3.Response;
import okio.ByteString;

/** Asks one endpoint, and tells answers from refusals. */
final class S3Port {

    /** More than a list of a thousand versions takes, and than the largest object of a probe. */
    private static final long MOST_BYTES = 20 << 20;

    /** S3's own refusals have some hundred bytes. */
    private static final int MOST_BYTES_OF_REFUSAL = 64 << 10;

    private static final int MOST_TEXT = 200;

    private static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

    private final SignedRequests requests;

    S3Port(SignedRequests requests) {
        this.requests = requests;
    }

    /** Listens to the headers of every answer, refusals too. */
    @FunctionalInterface
    interface Headed {
        void answered(Headers headers, long askedNanos, long answeredNanos);
    }

    S3Answer ask(HttpLink.Visit visit, S3Question question) throws S3Failure {
        return ask(visit, question, (_, _, _) -> {});
    }

    S3Answer ask(HttpLink.Visit visit, S3Question question, Headed listener) throws S3Failure {
        return ask(visit, UNLIMITED, question, listener);
    }

    /** The same within a limit of its own, too. */
    S3Answer ask(HttpLink.Visit visit, Duration limit, S3Question question, Headed listener) throws S3Failure {
        try {
            var request = requests.of(question);
            long asked = System.nanoTime();
            var answer = visit.send(request, limit, name(question), response -> {
                listener.answered(response.headers(), asked, System.nanoTime());
                return new Raw(response.code(), response.headers(), body(response));
            });
            if (answer.status / 100 != 2) {
                throw refusal(question, answer);
            }
            return new S3Answer(answer.headers, answer.body);
        } catch (CollectionException e) {
            throw S3Failure.of(e);
        }
    }

    /**
     * Reads an answer as a document.
     *
     * @param root the name of its outermost element: a proxy's page has another
     */
    static S3Xml document(S3Answer answer, S3Question question, String root) throws S3Failure {
        try {
            var document = S3Xml.read(answer.body());
            if (document.name().equals(root)) {
                return document;
            }
        } catch (XMLStreamException e) {
            // said below
        }
        throw new S3Failure(FailureReason.PROTOCOL, name(question) + ": the answer is no " + root);
    }

    private record Raw(int status, Headers headers, ByteString body) {}

    /** Of a refusal that is too long to be the store's own, nothing: its status is enough. */
    private static ByteString body(Response response) throws IOException {
        if (!response.isSuccessful()) {
            var start = response.body().byteStream().readNBytes(MOST_BYTES_OF_REFUSAL + 1);
            return start.length > MOST_BYTES_OF_REFUSAL ? ByteString.EMPTY : ByteString.of(start);
        }
        try (var body = BoundedBody.of(response.body(), MOST_BYTES)) {
            return ByteString.of(body.readAllBytes());
        }
    }

    /** A HEAD has no document that says why; MinIO says it in a header. */
    private static S3Failure refusal(S3Question question, Raw answer) {
        var error = error(answer.body);
        var code = error.flatMap(document -> document.textOf("Code"))
                .or(() -> Optional.ofNullable(answer.headers.get("x-minio-error-code")))
                .map(S3Port::shortened);
        var reason = FailureReason.of(answer.status, code);
        // A HEAD of a bucket that is not there says no more than that.
        var meant = code.isEmpty()
                        && reason == FailureReason.MISSING
                        && question.key().isEmpty()
                ? FailureReason.NO_BUCKET
                : reason;
        var message = error.flatMap(document -> document.textOf("Message")).map(S3Port::shortened);
        return new S3Failure(
                meant,
                code,
                name(question) + " answered " + answer.status
                        + code.map(text -> " " + text).orElse("")
                        + message.map(text -> ": " + text).orElse(""));
    }

    private static Optional<S3Xml> error(ByteString body) {
        try {
            return body.size() == 0 ? Optional.empty() : Optional.of(S3Xml.read(body));
        } catch (XMLStreamException e) {
            return Optional.empty(); // not the store's own words: a proxy's page, or garbage
        }
    }

    private static String name(S3Question question) {
        var part = question.query().entrySet().stream()
                .filter(parameter -> parameter.getValue().isEmpty())
                .map(parameter -> "?" + parameter.getKey())
                .findFirst()
                .orElse("");
        return question.method() + " " + (question.key().isPresent() ? "object" : "bucket " + question.bucket()) + part;
    }

    private static String shortened(String text) {
        return Texts.cut(text, MOST_TEXT);
    }
}
