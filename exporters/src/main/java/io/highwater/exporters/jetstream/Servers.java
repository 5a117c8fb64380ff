// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.Snapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which servers are there and which are not, as their monitoring ports show: whom to believe. A survivor goes on for ten
 * seconds to call itself the leader of what has lost its quorum.
 */
final class Servers {

    private final Collection<String> monitored;
    private final Map<String, ServerState> answering = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    private final Map<String, Long> lastFailure = new HashMap<>();

    Servers(Collection<String> monitored) {
        this.monitored = monitored;
    }

    void see(Collection<Snapshot> snapshots) {
        answering.clear();
        for (var snapshot : snapshots) {
            var node = snapshot.target().node();
            if (!snapshot.collector().equals(JetStreamExporter.HEALTH) || !monitored.contains(node)) {
                continue;
            }
            if (snapshot.fact().isPresent() && snapshot.fact().get() instanceof ServerState state) {
                answering.put(node, state);
                names.put(state.name(), node);
                failing.remove(node);
            } else if (failing.add(node)) {
                lastFailure.put(node, snapshot.startedNanos());
            }
        }
    }

    /** By their configured names. */
    Map<String, ServerState> answering() {
        return answering;
    }

    /** Whether a server of that name has ever answered at a monitoring port. */
    boolean isMonitored(String server) {
        return names.containsKey(server);
    }

    /** Whether what was heard of a server was heard after it last stopped to answer, if it ever did. */
    private boolean isBelievable(String server, long heardNanos) {
        var node = names.get(server);
        var failed = node == null ? null : lastFailure.get(node);
        return failed == null || heardNanos > failed;
    }

    /** What differs when somebody else is to be believed. */
    Object state() {
        return Map.copyOf(lastFailure);
    }

    /** Of a leader and a group that it leads, as it said then: how many of its servers are there, itself included. */
    int present(RaftGroup group, long readNanos) {
        return 1
                + (int) group.others().stream()
                        .filter(peer -> isPresent(peer, readNanos))
                        .count();
    }

    /** The same, and up to date. */
    int current(RaftGroup group, long readNanos) {
        return 1
                + (int) group.others().stream()
                        .filter(peer -> peer.current() && isPresent(peer, readNanos))
                        .count();
    }

    private boolean isPresent(RaftGroup.Peer peer, long readNanos) {
        return peer.answers() && isBelievable(peer.name(), readNanos - (long) (peer.activeSeconds() * 1e9));
    }

    /** Whether what a leader said of its group then still holds: it is there, and hears a quorum. */
    boolean holds(RaftGroup group, long readNanos) {
        return group.leader().isPresent()
                && isBelievable(group.leader().get(), readNanos)
                && present(group, readNanos) >= group.quorum();
    }

    /** Whether a follower knows a leader that no monitoring port of ours belongs to. */
    boolean followsStranger(RaftGroup group) {
        var leader = group.leader().orElse("");
        return !leader.isEmpty()
                && !isMonitored(leader)
                && group.others().stream().anyMatch(peer -> peer.name().equals(leader) && peer.answers());
    }

    /** The longest time that any server keeps what is acknowledged in memory alone; empty when none says. */
    OptionalDouble syncSeconds() {
        return answering.values().stream()
                .map(ServerState::syncSeconds)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
    }
}
