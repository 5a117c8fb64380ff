// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How many items a replica does per second, learned while all replicas have work: what was done over about a minute, over
 * the replicas that there were in that time. Not safe for several threads.
 */
final class ServiceRate {

    /** Over which the completions are counted that it is given. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Duration SPACING = Duration.ofSeconds(5);

    /** How much a new observation counts against all before. */
    private static final double WEIGHT = 0.2;

    private record Seen(long nanos, int replicas) {}

    private final Deque<Seen> replicas = new ArrayDeque<>();
    private long busySince;
    private boolean busy;
    private long learnedAt;
    private double learned = Double.NaN;

    /**
     * Notes what is now.
     *
     * @param hasBacklog whether there is work for every replica
     * @param ready replicas that work
     * @param perSecond what all of them did together
     */
    void note(long now, boolean hasBacklog, int ready, double perSecond) {
        if (hasBacklog && !busy) {
            busySince = now;
        }
        busy = hasBacklog;
        replicas.addLast(new Seen(now, ready));
        while (replicas.size() > 1 && now - replicas.getFirst().nanos > WINDOW.toNanos()) {
            replicas.removeFirst();
        }
        boolean whole = busy && now - busySince >= WINDOW.toNanos();
        if (whole && meanReplicas() > 0 && (Double.isNaN(learned) || now - learnedAt >= SPACING.toNanos())) {
            learn(now, perSecond / meanReplicas());
        }
    }

    private void learn(long now, double observed) {
        if (observed > 0) {
            learned = Double.isNaN(learned) ? observed : learned + WEIGHT * (observed - learned);
            learnedAt = now;
        }
    }

    /** Replicas that worked, over the window. */
    double meanReplicas() {
        return replicas.stream().mapToInt(Seen::replicas).average().orElse(0);
    }

    /** Items per second and replica; empty while there never was work for a minute. */
    OptionalDouble perReplica() {
        return Double.isNaN(learned) ? OptionalDouble.empty() : OptionalDouble.of(learned);
    }
}
