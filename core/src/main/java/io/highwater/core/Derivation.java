// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;

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
     * @param nodes the newest snapshots of every collector of every node that gave a fact or failed to; a failed one
     *     has no fact
     * @param nowNanos the time on the {@link System#nanoTime} scale
     */
    void derive(List<Snapshot> nodes, long nowNanos, Samples out);
}
