// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one server says of its place in the cluster, at one moment: the fact that {@link PostgresView} works with.
 * Positions are bytes from the start of the write-ahead log.
 *
 * @param node its configured name
 * @param readNanos when the answer was there, on the {@link System#nanoTime} scale
 * @param inRecovery whether it is a standby
 * @param systemIdentifier the same for a primary and all its physical copies
 * @param timeline on a primary the current one; on a standby the one that it receives, while it does
 * @param checkpointTimeline the one of the last checkpoint: late after a change, but known without a connection
 * @param flushed on a primary: what is safe on its disk
 * @param received on a standby: what is safe on its disk; empty when it received nothing since its start
 * @param replayed on a standby: what a query there can see
 * @param streaming on a standby: whether it has a connection to what it follows
 * @param messageAge seconds since the last message over that connection
 * @param lastReplayAge seconds, by the standby's clock, since the commit that it replayed last
 * @param commitsWait on a primary: whether a commit returns only when a standby that is there has it
 */
record NodeState(
        String node,
        long readNanos,
        boolean inRecovery,
        String systemIdentifier,
        OptionalInt timeline,
        int checkpointTimeline,
        OptionalLong flushed,
        OptionalLong received,
        OptionalLong replayed,
        boolean streaming,
        OptionalDouble messageAge,
        OptionalDouble lastReplayAge,
        boolean commitsWait) {

    /** What would survive on this standby: it may have replayed from an archive more than it ever received. */
    OptionalLong safe() {
        if (received.isPresent() && replayed.isPresent()) {
            return OptionalLong.of(Math.max(received.getAsLong(), replayed.getAsLong()));
        }
        return received.isPresent() ? received : replayed;
    }
}
