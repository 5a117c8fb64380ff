// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import java.time.Duration;

/** A token bucket for all clients together: it fills by one each interval, up to the burst, and starts full. */
final class RateLimit {

    private final long interval;
    private final long credit;
    private long next;

    /** @param now in nanoseconds of {@link System#nanoTime}, as in {@link #admits} */
    RateLimit(Duration interval, int burst, long now) {
        this.interval = interval.toNanos();
        this.credit = Math.min(burst - 1, Long.MAX_VALUE / 4 / this.interval) * this.interval;
        this.next = now;
    }

    /** Takes a token if there is one. */
    synchronized boolean admits(long now) {
        // `next` is when the bucket would be full again; the bucket is empty while that is more than the burst away.
        if (next - now > credit) {
            return false;
        }
        next = (next - now > 0 ? next : now) + interval;
        return true;
    }
}
