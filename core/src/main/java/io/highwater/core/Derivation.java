// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Computes what only several nodes together can tell: primary count, quorum margin, lag, exposure. One instance a
 * cluster, called under its lock with the newest snapshots, so it may keep a history; it does no I/O and looks at no
 * clock but the snapshots' and {@code nowNanos}.
 */
@FunctionalInterface
public interface Derivation {

    /** For a backend whose nodes have nothing to say about each other. */
    Derivation NONE = (_, _, _) -> {};

    /**
     * @param nodes the newest snapshot of every collector of every node; a failed one has a fact only if its failure is
     *     what it was to see ({@link Samples#fail}), and one that {@linkplain Snapshot#stands stands} is not among them
     *     any more when it ended longer than its maxAge ago
     * @param nowNanos the time on the {@link System#nanoTime} scale
     */
    void derive(List<Snapshot> nodes, long nowNanos, Samples out);

    /**
     * What follows from the same snapshots and is kept apart, by the name it stands under: what is large and changes
     * seldom. Called after this one each time, in the map's order, and may say {@link Samples#unchanged}.
     */
    default Map<String, Derivation> more() {
        return Map.of();
    }

    /**
     * How much time there is at least between two: zero for what is derived with every pulse. For a cluster of a thousand
     * nodes, each of which says little about the others.
     */
    default Duration pace() {
        return Duration.ZERO;
    }
}
