// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The moments at which one collector is to run, numbered, one interval apart. Their phase differs from collector to
 * collector, which spreads the load, and is the same after every restart of the agent.
 */
final class Turns {

    private final long interval;
    private final long phase;

    Turns(String collector, Duration interval) {
        this.interval = interval.toNanos();
        this.phase = Math.floorMod(collector.hashCode() * 0x9E3779B97F4A7C15L, this.interval);
    }

    /** The newest turn that has come. */
    long current() {
        return Math.floorDiv(System.nanoTime() - phase, interval);
    }

    long nanosUntil(long turn) {
        return turn * interval + phase - System.nanoTime();
    }

    void awaitNext() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanosUntil(current() + 1));
    }
}
