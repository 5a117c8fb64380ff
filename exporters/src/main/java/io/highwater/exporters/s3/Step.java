// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Samples;
import java.util.Locale;

/** One step of a probe. */
enum Step {
    PUT,
    HEAD,
    GET,
    DELETE,
    /** Of a probe that writes nothing: whether the bucket is there. */
    BUCKET;

    /** What a step does. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws S3Failure;
    }

    /** Takes the step, and tells how it went. */
    <T> T take(Samples out, Work<T> work) throws S3Failure {
        long started = System.nanoTime();
        boolean succeeded = false;
        try {
            var result = work.run();
            succeeded = true;
            out.add(S3Families.STEP_DURATION, (System.nanoTime() - started) / 1e9, label());
            return result;
        } finally {
            out.add(S3Families.STEP_SUCCESS, succeeded, label());
        }
    }

    /** The value of the label {@code step}. */
    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
