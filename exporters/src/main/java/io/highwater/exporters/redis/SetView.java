// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.DerivedFamilies.*;
import static io.highwater.exporters.redis.RedisExporter.COMPONENT;

import io.highwater.core.Exposure;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the servers of one set say together: who is master, who follows it, how far behind, and what would be lost. No
 * word of Sentinel counts here: it may not know yet, or not any more.
 */
final class SetView {

    /** How a replica gets its data now. */
    private enum State {
        STREAMING,
        /** It gets a whole copy; until then its data is old, or not there. */
        SYNCING,
        /** It reads its data from its own disk. */
        LOADING,
        DISCONNECTED,
        /** Its data is not the beginning of the master's. */
        OTHER_HISTORY,
        UNREACHABLE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Set<String> nodes;
    private MasterStream stream = new MasterStream();
    private @Nullable ServerState lastPrimary;
    private final Map<String, Long> lastReplicaNanos = new HashMap<>();
    private int roleChanges;
    private @Nullable Instant lastFailover;

    SetView(Set<String> nodes) {
        this.nodes = nodes;
    }

    /** Whether it has a master. */
    boolean derive(Map<String, ServerState> servers, Samples out) {
        var primaries =
                servers.values().stream().filter(ServerState::takesWrites).toList();
        var primary = primaries.size() == 1 ? primaries.getFirst() : null;
        if (primary != null) {
            follow(primary);
        }
        servers.values().stream()
                .filter(server -> !server.master())
                .forEach(replica -> lastReplicaNanos.put(replica.node(), replica.readNanos()));
        addPrimaries(servers, primaries, out);
        addReplicas(servers, primary, primaries.size(), out);
        if (primary != null) {
            stream.backlogMargin().ifPresent(seconds -> out.add(BACKLOG_MARGIN, seconds, primary.node()));
        }
        return !primaries.isEmpty();
    }

    private void follow(ServerState primary) {
        if (!stream.isOf(primary)) {
            stream = stream.after(primary, lastReplicaNanos.getOrDefault(primary.node(), Long.MIN_VALUE));
        }
        stream.see(primary);
        var before = lastPrimary;
        if (before != null && !before.node().equals(primary.node())) {
            roleChanges++;
            lastFailover = Instant.now();
        }
        lastPrimary = primary;
    }

    private void addPrimaries(Map<String, ServerState> servers, List<ServerState> primaries, Samples out) {
        long masters = servers.values().stream().filter(ServerState::master).count();
        out.add(MASTERS_IN_SET, (double) masters);
        out.add(Ha.PRIMARY_COUNT, primaries.size(), COMPONENT);
        out.add(Ha.INVARIANT_VIOLATED, masters > 1, COMPONENT, "one_primary");
        out.add(Ha.ROLE_CHANGES, roleChanges, COMPONENT);
        if (lastFailover != null) {
            out.add(Ha.LAST_FAILOVER, lastFailover.toEpochMilli() / 1e3, COMPONENT);
        }
    }

    private void addReplicas(
            Map<String, ServerState> servers, @Nullable ServerState primary, int primaries, Samples out) {
        var exposure = new Exposure();
        int promotable = 0;
        boolean strayed = false;
        for (var node : nodes) {
            var server = servers.get(node);
            if (server == null) {
                addState(node, State.UNREACHABLE, out);
            } else if (!server.master()) {
                var state = state(server, primary);
                boolean couldTakeOver = couldTakeOver(server);
                addState(node, state, out);
                out.add(Ha.REPLICA_PROMOTABLE, couldTakeOver, COMPONENT, node);
                strayed |= state == State.OTHER_HISTORY;
                if (couldTakeOver) {
                    promotable++;
                    include(server, primary, exposure);
                }
                if (primary != null && server.follows(primary)) {
                    ReplicaLag.add(server, stream.data(), out);
                }
            }
        }
        out.add(Ha.INVARIANT_VIOLATED, strayed, COMPONENT, "replicas_follow_primary");
        out.add(Ha.QUORUM_MARGIN, primaries == 0 ? -1 : promotable, COMPONENT, "", "");
        if (primary != null) {
            exposure.addExposed(COMPONENT, out);
        } else if (primaries == 0) {
            exposure.addLost(COMPONENT, out);
        }
    }

    private static State state(ServerState replica, @Nullable ServerState primary) {
        if (replica.syncing()) {
            return State.SYNCING;
        }
        if (replica.loading()) {
            return State.LOADING;
        }
        if (primary != null && replica.offset().isPresent() && !replica.follows(primary)) {
            return State.OTHER_HISTORY;
        }
        return replica.linkUp() ? State.STREAMING : State.DISCONNECTED;
    }

    private boolean couldTakeOver(ServerState replica) {
        return lastPrimary != null
                && replica.follows(lastPrimary)
                && replica.priority() > 0
                && !replica.syncing()
                && !replica.loading();
    }

    /** While no master answers, it is taken to have died when it was seen last. */
    private void include(ServerState replica, @Nullable ServerState primary, Exposure exposure) {
        var last = lastPrimary;
        if (last != null && replica.offset().isPresent()) {
            exposure.include(
                    stream.data(),
                    primary == null ? last.readNanos() : replica.readNanos(),
                    replica.offset().getAsLong(),
                    replica.silence().orElse(0));
        }
    }

    private static void addState(String node, State is, Samples out) {
        for (var state : State.values()) {
            out.add(Ha.REPLICA_STATE, state == is, COMPONENT, node, state.label());
        }
    }
}
