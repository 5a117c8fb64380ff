// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The moments at which one collector is to run, numbered, one interval apart. Their phase differs from collector to
 * collector, which spreads the load, and is the same after every restart of the agent.
 */
final class Turns {

    /** Changes come in swarms: the first is followed at once, those after it so soon are one. */
    private static final long SWARM_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Semaphore wakes = new Semaphore(0);
    private final long interval;
    private final long phase;
    private long wokenNanos = System.nanoTime() - SWARM_NANOS;

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

    /** Waits for the next turn, or for {@link #wake}. */
    void awaitNext() throws InterruptedException {
        long next = current() + 1;
        if (wakes.tryAcquire(nanosUntil(next), TimeUnit.NANOSECONDS)) {
            long swarm = wokenNanos + SWARM_NANOS - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.min(swarm, nanosUntil(next)));
            wakes.drainPermits();
            wokenNanos = System.nanoTime();
        }
    }

    /** Ends the wait for the next turn, or the one that comes when there is none now. */
    void wake() {
        wakes.release();
    }
}
