// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Samples;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.Headers;

/**
 * How far a server's clock is ahead of ours, from the header {@code Date} of its answers. That has whole seconds, and was
 * written at some time between question and answer: each answer gives bounds, and several narrow them.
 */
final class ClockOffset {

    private final InstantSource clock;
    private double least = Double.NEGATIVE_INFINITY;
    private double most = Double.POSITIVE_INFINITY;

    ClockOffset(InstantSource clock) {
        this.clock = clock;
    }

    /** As {@link S3Port.Headed}: now is when the answer came. */
    void note(Headers headers, long askedNanos, long answeredNanos) {
        var said = headers.getInstant("Date");
        if (said != null) {
            note(said, clock.instant(), (answeredNanos - askedNanos) / 1e9);
        }
    }

    void note(Instant said, Instant answered, double took) {
        double ahead = said.getEpochSecond() - (answered.getEpochSecond() + answered.getNano() / 1e9);
        least = Math.max(least, ahead);
        most = Math.min(most, ahead + took + 1);
    }

    /** Adds nothing while no answer had a date, or when a clock was set in between. */
    void addTo(Samples out) {
        if (least <= most && Double.isFinite(least)) {
            out.add(S3Families.CLOCK_OFFSET, (least + most) / 2);
        }
    }
}
