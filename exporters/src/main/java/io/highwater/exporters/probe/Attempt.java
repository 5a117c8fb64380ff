// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One attempt and its deadline.
 *
 * @param startedNanos on the {@link System#nanoTime} scale
 * @param deadlineNanos on the same scale
 * @param slow whether a part of it took longer than it may
 */
record Attempt(long startedNanos, long deadlineNanos, AtomicBoolean slow) {

    static Attempt within(Duration timeout) {
        long now = System.nanoTime();
        return new Attempt(now, now + timeout.toNanos(), new AtomicBoolean());
    }

    /** To the deadline, or zero. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /**
     * The same, for who has to wait for something: a millisecond at least.
     *
     * @param what is waited for, for the message
     */
    Duration left(String what) throws ProbeFailure {
        var left = left();
        if (left.toMillis() < 1) {
            throw new ProbeFailure(FailureReason.TIMEOUT, "no time left for " + what);
        }
        return left;
    }

    /** One that ends earlier, but not later. */
    Attempt atMost(Duration limit) {
        long now = System.nanoTime();
        return new Attempt(now, Math.min(deadlineNanos, now + limit.toNanos()), slow);
    }
}
