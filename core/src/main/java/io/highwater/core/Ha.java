// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;
import java.util.Optional;

/** The families that are derived across nodes, the same for every kind of backend: {@code ha_*}. */
public final class Ha {

    public static final Family PRIMARY_COUNT = Family.gauge(
                    "ha_primary_count",
                    "Nodes that take writes, of those that answer; anything but 1 is an outage or a split brain.")
            .from("roles of the nodes that answer")
            .by("component");
    public static final Family ROLE = Family.info("ha_role_info", "The role that a node has now.")
            .from("role of each node that answers")
            .by("component", "node", "role");
    public static final Family ROLE_CHANGES = Family.counter(
                    "ha_role_changes_total",
                    "Times that the primary was seen to be another node than before, since the agent started.")
            .from("roles over time")
            .by("component");
    public static final Family LAST_FAILOVER = Family.gauge(
                    "ha_last_failover_timestamp_seconds", "When the last change of primary was seen.")
            .from("roles over time, by the agent's clock")
            .by("component");
    public static final Family MEMBERS = Family.gauge(
                    "ha_quorum_members", "Nodes that are configured, and nodes that answer.")
            .from("configuration; nodes that answer")
            .by("component", "state");
    public static final Family QUORUM_MARGIN = Family.gauge(
                    "ha_quorum_margin",
                    "How many more nodes, or drives of a store, may fail before the component, or a unit of it, stops; below 0 it has.")
            .from("nodes that answer and could take over")
            .by("component", "unit", "name");
    public static final Family INVARIANT_VIOLATED = Family.gauge(
                    "ha_invariant_violated", "1 while something that must always hold between nodes does not.")
            .from("facts of all nodes that answer")
            .by("component", "check");
    public static final Family CONFIG_FINDING = Family.gauge(
                    "ha_config_finding", "1 while a setting is one that costs data or availability in a failure.")
            .from("settings of the node, or of what is named")
            .by("component", "check", "name");
    public static final Family REPLICA_STATE = Family.gauge(
                    "ha_replica_state", "1 for the state that a replica is in, 0 for the others.")
            .from("facts of the replica and the primary")
            .by("component", "node", "state");
    public static final Family REPLICA_PROMOTABLE = Family.gauge(
                    "ha_replica_promotable", "Whether the replica could take over from the primary.")
            .from("facts of the replica and the primary")
            .by("component", "node");
    public static final Family NODE_MAINTENANCE_SAFE = Family.gauge(
                    "ha_node_maintenance_safe",
                    "Whether the node may be taken down now without stopping the component.")
            .from("what the component says to that, or the margin without the node")
            .by("component", "node");
    public static final Family RPO_SECONDS = Family.gauge(
                    "ha_rpo_seconds",
                    "How much acknowledged work, as time, would be lost if the primary died now and the best replica took over.")
            .from("log positions of primary and replicas over time")
            .by("component");
    public static final Family RPO_BYTES = Family.gauge(
                    "ha_rpo_bytes",
                    "How much of the log would be lost if the primary died now and the best replica took over.")
            .from("log positions of primary and replicas")
            .by("component");
    public static final Family LOSS_SECONDS = Family.gauge(
                    "ha_failover_loss_seconds",
                    "While no primary answers: the work, as time, that was seen on it and that the best replica lacks.")
            .from("last position of the primary that was seen, positions of replicas")
            .by("component");
    public static final Family LOSS_BYTES = Family.gauge(
                    "ha_failover_loss_bytes",
                    "While no primary answers: the log that was seen on it and that the best replica lacks.")
            .from("last position of the primary that was seen, positions of replicas")
            .by("component");
    public static final Family RPO_OBJECTIVE = Family.gauge(
                    "ha_rpo_objective_seconds", "The most that may be lost, from the cluster's level.")
            .from("configuration")
            .by("component");
    public static final Family RTO_OBJECTIVE = Family.gauge(
                    "ha_rto_objective_seconds", "The longest that a failover may take, from the cluster's level.")
            .from("configuration")
            .by("component");

    public static final Family AVAILABILITY_OBJECTIVE = Family.gauge(
                    "ha_availability_objective_ratio",
                    "The part of the time in which the component is to serve, from the cluster's level.")
            .from("configuration")
            .by("component");

    private static final List<Family> OBJECTIVES = List.of(RPO_OBJECTIVE, RTO_OBJECTIVE, AVAILABILITY_OBJECTIVE);

    private Ha() {}

    /** The families that a cluster's level alone gives, whatever the backend. */
    static List<Family> objectives() {
        return OBJECTIVES;
    }

    static void addObjectives(Samples out, String component, Optional<Level> level) {
        level.ifPresent(of -> {
            out.add(RPO_OBJECTIVE, (double) of.rpo().toSeconds(), component);
            out.add(RTO_OBJECTIVE, (double) of.rto().toSeconds(), component);
            out.add(AVAILABILITY_OBJECTIVE, of.availability(), component);
        });
    }
}
