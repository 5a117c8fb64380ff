// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.exporters.postgres.ReplicationFamilies.*;

import io.highwater.core.Availability;
import io.highwater.core.Derivation;
import io.highwater.core.Exposure;
import io.highwater.core.Facts;
import io.highwater.core.Ha;
import io.highwater.core.OffsetTimeline;
import io.highwater.core.OffsetTimeline.Lag;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.postgres.HeartbeatReader.Heartbeat;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the servers of one cluster say together: who is primary, who follows it, how far behind, and what would be lost.
 *
 * <p>The lag in seconds is the age of the newest position of the primary that a standby has replayed, where the agent
 * itself noted when the primary was where. So it is 0 on an idle cluster, grows while a standby is cut off and work
 * goes on, and does not depend on any server's clock.
 */
final class PostgresView implements Derivation {

    private static final String COMPONENT = "postgres";

    private final Map<String, PostgresNode> nodes;
    private final OffsetTimeline primaryPositions = new OffsetTimeline();
    private final OffsetTimeline primaryHeartbeats = new OffsetTimeline();
    private final Map<String, Standby> standbys = new HashMap<>();
    private @Nullable NodeState lastPrimary;
    private final Availability availability = new Availability(COMPONENT);
    private int roleChanges;
    private @Nullable Instant lastFailover;

    PostgresView(PostgresSettings settings) {
        this.nodes = settings.nodes();
    }

    @Override
    public void derive(List<Snapshot> snapshots, long nowNanos, Samples out) {
        var states = new TreeMap<String, NodeState>();
        Facts.of(snapshots, NodeState.class).forEach(state -> states.put(state.node(), state));
        var primaries = states.values().stream()
                .filter(state -> isPhysical(state.node()) && !state.inRecovery())
                .toList();
        availability.note(!primaries.isEmpty(), nowNanos, out);
        if (states.isEmpty()) {
            return;
        }
        var primary = primaries.size() == 1 ? primaries.getFirst() : null;
        if (primary != null) {
            follow(primary);
        }
        states.values().stream().filter(this::isStandby).forEach(this::remember);
        addMembers(states, primaries, out);
        addStandbys(states, primary, primaries.size(), out);
        addHeartbeats(Facts.of(snapshots, Heartbeat.class).toList(), primary, out);
    }

    private boolean isPhysical(String node) {
        return Objects.requireNonNull(nodes.get(node)).replica() == PostgresNode.Replication.PHYSICAL;
    }

    private boolean isStandby(NodeState state) {
        return isPhysical(state.node()) && state.inRecovery();
    }

    /** Notes where the primary is; positions of another primary, or of another timeline, are another history. */
    private void follow(NodeState primary) {
        var before = lastPrimary;
        if (before != null && !sameHistory(before, primary)) {
            primaryPositions.clear();
        }
        if (before != null && !before.node().equals(primary.node())) {
            roleChanges++;
            lastFailover = Instant.now();
        }
        lastPrimary = primary;
        primary.flushed().ifPresent(position -> primaryPositions.record(primary.readNanos(), position));
    }

    private static boolean sameHistory(NodeState one, NodeState other) {
        return one.node().equals(other.node())
                && one.timeline().equals(other.timeline())
                && one.systemIdentifier().equals(other.systemIdentifier());
    }

    private void remember(NodeState state) {
        standbys.computeIfAbsent(state.node(), _ -> new Standby()).see(state);
    }

    private void addMembers(Map<String, NodeState> states, List<NodeState> primaries, Samples out) {
        long physical = nodes.keySet().stream().filter(this::isPhysical).count();
        long online = states.keySet().stream().filter(this::isPhysical).count();
        out.add(Ha.MEMBERS, (double) physical, COMPONENT, "configured");
        out.add(Ha.MEMBERS, (double) online, COMPONENT, "online");
        out.add(Ha.PRIMARY_COUNT, primaries.size(), COMPONENT);
        out.add(Ha.INVARIANT_VIOLATED, primaries.size() > 1, COMPONENT, "one_primary");
        out.add(Ha.INVARIANT_VIOLATED, systems(states) > 1, COMPONENT, "one_system_identifier");
        out.add(Ha.ROLE_CHANGES, roleChanges, COMPONENT);
        if (lastFailover != null) {
            out.add(Ha.LAST_FAILOVER, lastFailover.toEpochMilli() / 1e3, COMPONENT);
        }
        for (var state : states.values()) {
            var role = !isPhysical(state.node()) ? "logical" : state.inRecovery() ? "replica" : "primary";
            out.add(Ha.ROLE, 1, COMPONENT, state.node(), role);
        }
    }

    private long systems(Map<String, NodeState> states) {
        return states.values().stream()
                .filter(state -> isPhysical(state.node()))
                .map(NodeState::systemIdentifier)
                .distinct()
                .count();
    }

    private void addStandbys(Map<String, NodeState> states, @Nullable NodeState primary, int primaries, Samples out) {
        var exposure = new Exposure();
        int promotable = 0;
        boolean strayed = false;
        for (var node : nodes.keySet()) {
            var state = states.get(node);
            if (!isPhysical(node) || (state != null && !state.inRecovery())) {
                continue;
            }
            if (state == null) {
                addReplicaState(node, Standby.State.UNREACHABLE, out);
                continue;
            }
            var standby = Objects.requireNonNull(standbys.get(node));
            boolean follows = standby.follows(lastPrimary);
            boolean elsewhere = primary != null && !follows;
            addReplicaState(node, elsewhere ? Standby.State.OTHER_TIMELINE : standby.state(), out);
            out.add(Ha.REPLICA_PROMOTABLE, follows, COMPONENT, node);
            strayed |= elsewhere;
            if (follows) {
                promotable++;
                include(state, deathNanos(primary, state), exposure);
            }
            addLag(standby, state, primary != null && follows, out);
        }
        out.add(Ha.INVARIANT_VIOLATED, strayed, COMPONENT, "replicas_follow_primary");
        out.add(Ha.QUORUM_MARGIN, primaries == 0 ? -1 : promotable, COMPONENT, "", "");
        addExposure(primary, primaries, exposure, out);
    }

    private void include(NodeState state, long deathNanos, Exposure exposure) {
        state.safe()
                .ifPresent(safe -> exposure.include(
                        primaryPositions,
                        deathNanos,
                        safe,
                        state.lastReplayAge().orElse(0)));
    }

    /** The moment at which the primary is taken to die: now, or when it was seen last. */
    private long deathNanos(@Nullable NodeState primary, NodeState replica) {
        var last = lastPrimary;
        return primary == null && last != null ? last.readNanos() : replica.readNanos();
    }

    private static void addReplicaState(String node, Standby.State is, Samples out) {
        for (var state : Standby.State.values()) {
            out.add(Ha.REPLICA_STATE, state == is, COMPONENT, node, state.label());
        }
    }

    private void addLag(Standby standby, NodeState state, boolean comparable, Samples out) {
        boolean alone = nodes.keySet().stream().filter(this::isPhysical).count() == 1;
        if (alone) {
            addLag(state, standby.ownLag(), "node", out);
        } else if (comparable && state.replayed().isPresent()) {
            long replayed = state.replayed().getAsLong();
            switch (primaryPositions.lag(state.readNanos(), replayed)) {
                case Lag.Known(double seconds) -> addLag(state, OptionalDouble.of(seconds), "timeline", out);
                // Behind what the agent has seen: the standby's clock knows more, and is never below the truth.
                case Lag.AtLeast(double seconds) ->
                    addLag(
                            state,
                            OptionalDouble.of(
                                    Math.max(seconds, state.lastReplayAge().orElse(0))),
                            "node",
                            out);
                case Lag.Unknown() -> {}
            }
            addLagBytes(state, out);
        }
    }

    private static void addLag(NodeState state, OptionalDouble seconds, String method, Samples out) {
        if (seconds.isPresent()) {
            out.add(LAG_SECONDS, seconds.getAsDouble(), state.node());
            out.add(LAG_METHOD, 1, state.node(), method);
        }
    }

    private void addLagBytes(NodeState state, Samples out) {
        primaryPositions.offset(state.readNanos()).ifPresent(written -> {
            state.safe()
                    .ifPresent(at -> out.add(LAG_BYTES, (double) Math.max(0, written - at), state.node(), "receive"));
            state.replayed()
                    .ifPresent(at -> out.add(LAG_BYTES, (double) Math.max(0, written - at), state.node(), "replay"));
        });
    }

    private void addExposure(@Nullable NodeState primary, int primaries, Exposure exposure, Samples out) {
        if (primary != null && primary.commitsWait()) {
            out.add(Ha.RPO_SECONDS, 0, COMPONENT);
            out.add(Ha.RPO_BYTES, 0, COMPONENT);
        } else if (primary != null) {
            exposure.addExposed(COMPONENT, out);
        } else if (primaries == 0) {
            exposure.addLost(COMPONENT, out);
        }
    }

    /** Both are stamps of the one who writes them, so their difference needs no clock. */
    private void addHeartbeats(List<Heartbeat> heartbeats, @Nullable NodeState primary, Samples out) {
        for (var heartbeat : heartbeats) {
            if (primary != null && heartbeat.node().equals(primary.node())) {
                primaryHeartbeats.record(heartbeat.readNanos(), heartbeat.micros());
            }
        }
        for (var heartbeat : heartbeats) {
            primaryHeartbeats
                    .offset(heartbeat.readNanos())
                    .ifPresent(newest ->
                            out.add(HEARTBEAT_LAG, Math.max(0, newest - heartbeat.micros()) / 1e6, heartbeat.node()));
        }
    }
}
