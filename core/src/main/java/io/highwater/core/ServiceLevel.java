// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well something serves that is tried again and again: indicators, counted where it is tried and at that pace, so
 * that an outage of seconds is seen however seldom the agent is scraped. Confined to the thread that tries.
 */
public final class ServiceLevel {

    private final Families families;
    private final Map<String, Long> failures = new TreeMap<>();
    private long attempts;
    private long successes;
    private long slow;
    private long outages;
    private long endedOutagesNanos;
    private long lastOutageNanos;
    private boolean out;
    private long outSinceNanos;

    /** The families of one kind of attempt. */
    public record Families(
            Family attempts,
            Family successes,
            Family slow,
            Family failures,
            Family outage,
            Family lastOutage,
            Family outages,
            Family outageSeconds) {

        private static final String SOURCE = "the agent's own attempts";

        /** @param prefix of their names, such as {@code probe} */
        public static Families of(String prefix) {
            return new Families(
                    counter(prefix + "_attempts_total", "Attempts that ended, well or not."),
                    counter(prefix + "_successes_total", "Attempts that succeeded, the slow ones as well."),
                    counter(prefix + "_slow_total", "Attempts that succeeded, but took longer than they may."),
                    counter(prefix + "_failures_total", "Attempts that failed, by reason.")
                            .by("reason"),
                    gauge(
                            prefix + "_outage_seconds",
                            "From the start of the first attempt that failed to the newest; 0 while they succeed."),
                    gauge(prefix + "_last_outage_seconds", "How long the last outage took that has ended."),
                    counter(prefix + "_outages_total", "Outages, the one under way as well."),
                    counter(prefix + "_outage_seconds_total", "Time without success, from outage to recovery."));
        }

        private static Family counter(String name, String help) {
            return Family.counter(name, help).from(SOURCE);
        }

        private static Family gauge(String name, String help) {
            return Family.gauge(name, help).from(SOURCE);
        }

        public List<Family> all() {
            return List.of(attempts, successes, slow, failures, outage, lastOutage, outages, outageSeconds);
        }
    }

    public ServiceLevel(Families families) {
        this.families = families;
    }

    /**
     * Counts an attempt that succeeded.
     *
     * @param endedNanos on the {@link System#nanoTime} scale: an outage ends with the answer, not with the question
     * @param most what it may take and not be slow
     */
    public void succeeded(long startedNanos, long endedNanos, Duration most) {
        attempts++;
        successes++;
        if (endedNanos - startedNanos > most.toNanos()) {
            slow++;
        }
        if (out) {
            out = false;
            lastOutageNanos = endedNanos - outSinceNanos;
            endedOutagesNanos += lastOutageNanos;
        }
    }

    /** Counts an attempt that failed. An outage begins with the question that was not answered. */
    public void failed(long startedNanos, String reason) {
        attempts++;
        failures.merge(reason, 1L, Long::sum);
        if (!out) {
            out = true;
            outSinceNanos = startedNanos;
            outages++;
        }
    }

    /** Adds all of them, as of now. */
    public void addTo(Samples samples, long nowNanos) {
        long current = out ? nowNanos - outSinceNanos : 0;
        samples.add(families.attempts, (double) attempts);
        samples.add(families.successes, (double) successes);
        samples.add(families.slow, (double) slow);
        failures.forEach((reason, count) -> samples.add(families.failures, count, reason));
        samples.add(families.outage, current / 1e9);
        if (lastOutageNanos > 0) {
            samples.add(families.lastOutage, lastOutageNanos / 1e9);
        }
        samples.add(families.outages, (double) outages);
        samples.add(families.outageSeconds, (endedOutagesNanos + current) / 1e9);
    }
}
