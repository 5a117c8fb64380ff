// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;
import java.security.SecureRandom;
import java.util.Optional;
import okio.ByteString;

/**
 * Whether what is written comes back: an object of random bytes under a name of its own, so that nobody's cache helps and
 * no other agent is disturbed, is written, looked at, read, and deleted with its version.
 */
final class WriteProbe implements Probe {

    private final S3Port port;
    private final S3Settings settings;
    private final SecureRandom random = new SecureRandom();

    WriteProbe(S3Port port, S3Settings settings) {
        this.port = port;
        this.settings = settings;
    }

    @Override
    public void run(HttpLink.Visit visit, ClockOffset clock, Samples out) throws S3Failure {
        var key = ProbeObjects.newKey(settings.prefix());
        var content = content();
        var bucket = settings.bucket();
        var put = S3Question.put(bucket, key, content);
        var written = Step.PUT.take(out, () -> port.ask(visit, put, clock::note));
        Optional<S3Failure> failure = Optional.empty();
        try {
            Step.HEAD.take(out, () -> {
                var head = port.ask(visit, S3Question.ofObject("HEAD", bucket, key), clock::note);
                return checkHead(head, written, content.size());
            });
            Step.GET.take(out, () -> {
                var got = port.ask(visit, S3Question.ofObject("GET", bucket, key), clock::note);
                return checkContent(got, content);
            });
        } catch (S3Failure e) {
            failure = Optional.of(e);
        }
        delete(visit, clock, out, key, written, failure);
    }

    private ByteString content() {
        var bytes = new byte[settings.objectBytes()];
        random.nextBytes(bytes);
        return ByteString.of(bytes);
    }

    /** Also after another step failed, and then that one is what is told. */
    private void delete(
            HttpLink.Visit visit,
            ClockOffset clock,
            Samples out,
            String key,
            S3Answer written,
            Optional<S3Failure> failure)
            throws S3Failure {
        var delete = S3Question.ofObject("DELETE", settings.bucket(), key).version(written.header("x-amz-version-id"));
        try {
            Step.DELETE.take(out, () -> port.ask(visit, delete, clock::note));
        } catch (S3Failure e) {
            throw failure.orElse(e);
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static S3Answer checkHead(S3Answer head, S3Answer written, int size) throws S3Failure {
        var length = head.header("Content-Length");
        if (!length.equals(Optional.of(Integer.toString(size)))) {
            throw new S3Failure(
                    FailureReason.CHECKSUM,
                    "HEAD object: " + length.orElse("no number of") + " bytes, and " + size + " were written");
        }
        if (!head.header("ETag").equals(written.header("ETag"))) {
            throw new S3Failure(FailureReason.CHECKSUM, "HEAD object: another ETag than the answer to PUT had");
        }
        return head;
    }

    private static S3Answer checkContent(S3Answer got, ByteString content) throws S3Failure {
        if (!got.body().equals(content)) {
            throw new S3Failure(
                    FailureReason.CHECKSUM,
                    "GET object: " + got.body().size() + " bytes came back that are not those that were written");
        }
        return got;
    }
}
