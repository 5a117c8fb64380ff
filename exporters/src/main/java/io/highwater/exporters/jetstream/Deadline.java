// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import java.time.Duration;

/** The moment at which a collection's requests must have their answers, on the {@link System#nanoTime} scale. */
record Deadline(long nanos) {

    /** A little before the collection's own, so that what is known then can still be published. */
    static Deadline of(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos() * 9 / 10);
    }

    /** What is left; 0 or less when nothing is. */
    Duration left() {
        return Duration.ofNanos(nanos - System.nanoTime());
    }

    Duration left(Duration most) {
        var left = left();
        return left.compareTo(most) < 0 ? left : most;
    }

    /** That share of what is left. */
    Duration left(double share) {
        return Duration.ofNanos((long) (left().toNanos() * share));
    }

    /** A deadline of its own for the next step: that share of what is left. */
    Deadline share(double ofLeft) {
        return new Deadline(System.nanoTime() + left(ofLeft).toNanos());
    }
}
