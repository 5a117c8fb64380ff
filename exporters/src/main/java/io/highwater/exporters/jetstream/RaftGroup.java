// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The servers that hold a stream, a consumer or the meta data, as one of them says. Only what the leader says of the
 * others is right: a follower does not know the other followers.
 *
 * @param leader the leader's server name; empty while there is none
 * @param leaderSince from server 2.11.12 on
 * @param others the peers beside the leader; all peers while there is none
 */
record RaftGroup(Optional<String> leader, Optional<Instant> leaderSince, List<Peer> others) {

    /** For what nobody spoke of. */
    static final RaftGroup UNKNOWN = new RaftGroup(Optional.empty(), Optional.empty(), List.of());

    /** For a server that is in no cluster. */
    static RaftGroup alone(String server) {
        return new RaftGroup(Optional.of(server), Optional.empty(), List.of());
    }

    /** A leader speaks to its followers every second, and they elect another one when they hear nothing for four. */
    private static final double SILENCE_SECONDS = 4;

    /**
     * One of the others.
     *
     * @param activeSeconds how long ago the leader heard of it; 0 when it has not since it leads
     * @param lag how many operations it has not stored yet
     */
    record Peer(String name, boolean current, boolean offline, double activeSeconds, long lag) {

        /** Whether the leader has heard of it lately enough to count on it. */
        boolean answers() {
            boolean heard = activeSeconds > 0 || current;
            return !offline && heard && activeSeconds < SILENCE_SECONDS;
        }
    }

    int size() {
        return others.size() + (leader.isPresent() ? 1 : 0);
    }

    int quorum() {
        return size() / 2 + 1;
    }
}
