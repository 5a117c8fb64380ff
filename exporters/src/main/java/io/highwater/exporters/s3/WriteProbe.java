// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import okio.ByteString;

/**
 * Whether what is written comes back: an object of random bytes under a name of its own, so that nobody's cache helps and
 * no other agent is disturbed, is written, looked at, read, and deleted with its version.
 */
final class WriteProbe implements Probe {

    /** What of the timeout is left to DELETE, whatever the steps before it took: a visit ends at nine tenths. */
    private static final double FOR_OTHERS = 0.7;

    private static final double FOR_ALL = 0.9;

    private final S3Port port;
    private final S3Settings settings;
    private final Duration timeout;
    private final SecureRandom random = new SecureRandom();

    WriteProbe(S3Port port, S3Settings settings, Duration timeout) {
        this.port = port;
        this.settings = settings;
        this.timeout = timeout;
    }

    @Override
    public void run(HttpLink.Visit visit, ClockOffset clock, Samples out) throws S3Failure {
        new Attempt(visit, clock, out).run();
    }

    private ByteString content() {
        var bytes = new byte[settings.objectBytes()];
        random.nextBytes(bytes);
        return ByteString.of(bytes);
    }

    /** What is to be true of an answer. */
    @FunctionalInterface
    private interface Check {
        void of(S3Answer answer) throws S3Failure;
    }

    /** The life of one object. */
    private final class Attempt {

        private final HttpLink.Visit visit;
        private final ClockOffset clock;
        private final Samples out;
        private final String key = ProbeObjects.newKey(settings.prefix());
        private final ByteString content = content();
        private final long began = System.nanoTime();

        Attempt(HttpLink.Visit visit, ClockOffset clock, Samples out) {
            this.visit = visit;
            this.clock = clock;
            this.out = out;
        }

        void run() throws S3Failure {
            var written = put();
            Optional<S3Failure> failure = Optional.empty();
            try {
                take(Step.HEAD, question("HEAD"), head -> checkHead(head, written, content.size()));
                take(Step.GET, question("GET"), got -> checkContent(got, content));
            } catch (S3Failure e) {
                failure = Optional.of(e);
            }
            delete(written.header("x-amz-version-id"), failure);
        }

        /** Who gets no answer does not know whether it is written. */
        private S3Answer put() throws S3Failure {
            try {
                return take(Step.PUT, S3Question.put(settings.bucket(), key, content), _ -> {});
            } catch (S3Failure e) {
                if (e.reason() == FailureReason.TIMEOUT || e.reason() == FailureReason.PROTOCOL) {
                    delete(Optional.empty(), Optional.of(e));
                }
                throw e;
            }
        }

        /** Also after another step failed, and then that one is what is told. */
        private void delete(Optional<String> version, Optional<S3Failure> failure) throws S3Failure {
            try {
                take(Step.DELETE, question("DELETE").version(version), _ -> {});
            } catch (S3Failure e) {
                throw failure.orElse(e);
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
        }

        private S3Question question(String method) {
            return S3Question.ofObject(method, settings.bucket(), key);
        }

        private S3Answer take(Step step, S3Question question, Check check) throws S3Failure {
            var limit = left(step);
            return step.take(out, () -> {
                var answer = port.ask(visit, limit, question, clock::note);
                check.of(answer);
                return answer;
            });
        }

        /** A step that there is no time for is not tried. */
        private Duration left(Step step) throws S3Failure {
            double share = step == Step.DELETE ? FOR_ALL : FOR_OTHERS;
            long left = (long) (timeout.toNanos() * share) - (System.nanoTime() - began);
            if (left <= 0) {
                throw new S3Failure(FailureReason.TIMEOUT, "no time left for " + step + " object");
            }
            return Duration.ofNanos(left);
        }
    }

    private static void checkHead(S3Answer head, S3Answer written, int size) throws S3Failure {
        var length = head.header("Content-Length");
        if (!length.equals(Optional.of(Integer.toString(size)))) {
            throw new S3Failure(
                    FailureReason.CHECKSUM,
                    "HEAD object: " + length.orElse("no number of") + " bytes, and " + size + " were written");
        }
        if (!head.header("ETag").equals(written.header("ETag"))) {
            throw new S3Failure(FailureReason.CHECKSUM, "HEAD object: another ETag than the answer to PUT had");
        }
    }

    private static void checkContent(S3Answer got, ByteString content) throws S3Failure {
        if (!got.body().equals(content)) {
            throw new S3Failure(
                    FailureReason.CHECKSUM,
                    "GET object: " + got.body().size() + " bytes came back that are not those that were written");
        }
    }
}
