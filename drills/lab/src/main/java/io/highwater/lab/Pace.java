// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;

/** So many times a second, at even distances. What could not be done in time is not caught up. */
final class Pace {

    private final long intervalNanos;
    private long due = System.nanoTime();

    Pace(int perSecond) {
        this.intervalNanos = Duration.ofSeconds(1).dividedBy(perSecond).toNanos();
    }

    /** Sleeps until the next time is due, which is now when we are late. */
    void awaitNext() throws InterruptedException {
        due = Math.max(due + intervalNanos, System.nanoTime());
        Thread.sleep(Duration.ofNanos(due - System.nanoTime()));
    }
}
