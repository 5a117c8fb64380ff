// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.areas;
import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** Redis and Valkey with their Sentinels: roles, replication, memory, and what would be lost. */
final class RedisDashboard {

    private static final String UID = "highwater-redis";

    private RedisDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                UID,
                "Highwater / Redis",
                "Roles, replication, memory and persistence of each set of Redis servers, and what its Sentinels think.",
                List.of(Variable.clusters("redis"), Variable.nodes("redis")),
                Annotation.ALL,
                List.of(
                        problems(limits),
                        state(limits),
                        replication(),
                        sentinels(),
                        memory(),
                        persistence(),
                        commands(),
                        redisCluster(),
                        settings()));
    }

    private static Row problems(Limits limits) {
        return Row.open(
                "Problems now",
                stat("Masters", "Servers that take writes; anything but 1 is an outage or a split brain.")
                        .ask("max by (cluster) (ha_primary_count{component='redis', $CLUSTER})", "{{cluster}}")
                        .in(Unit.PLAIN)
                        .coloured(Thresholds.ONE)
                        .emptyWhen("a Redis Cluster, or nobody answers")
                        .size(3, 4),
                stat("Nodes that do not answer", "Servers and Sentinels that no agent could ask the last time.")
                        .ask("sum(1 - max by (cluster, node) (redis_up{$NODE}))", "nodes")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .size(3, 4),
                stat("May fail", "How many more servers may fail before nobody takes writes.")
                        .ask("max by (cluster) (ha_quorum_margin{component='redis', unit='', $CLUSTER})", "{{cluster}}")
                        .in(Unit.PLAIN)
                        .coloured(Thresholds.MARGIN)
                        .size(3, 4),
                stat("Would be lost", "Acknowledged writes, as time, that would be gone if the master died now.")
                        .ask("min by (cluster) (ha_rpo_seconds{component='redis', $CLUSTER})", "{{cluster}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.loss())
                        .emptyWhen("no master answers, or no replica")
                        .size(3, 4),
                stat("Worst lag", "Of the replica that is furthest behind the master.")
                        .ask("max(min by (cluster, node) (redis_replication_lag_seconds{$NODE}))", "lag")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("RedisReplicaLagging"))
                        .emptyWhen("no master answers, or no replica")
                        .size(3, 4),
                stat("Memory used", "Of maxmemory, on the server that has least left.")
                        .ask("max(max by (cluster, node) (redis_memory_used_ratio{$NODE}))", "used")
                        .in(Unit.RATIO)
                        .coloured(limits.above("RedisMemoryNearLimit"))
                        .size(3, 4),
                stat("A failover is possible", "How many more Sentinels may fail before there can be none.")
                        .ask(
                                "min by (cluster) (max by (cluster, unit, name) "
                                        + "(ha_quorum_margin{component='redis', unit=~'failover|odown', $CLUSTER}))",
                                "{{cluster}}")
                        .in(Unit.PLAIN)
                        .coloured(Thresholds.MARGIN)
                        .emptyWhen("no Sentinels are watched")
                        .size(3, 4),
                stat("Broken invariants", "Things that must always hold between nodes and do not.")
                        .ask(
                                "sum(max by (cluster, check) (ha_invariant_violated{component='redis', $CLUSTER}))",
                                "invariants")
                        .coloured(Thresholds.ANY_IS_BAD)
                        .size(3, 4));
    }

    private static Row state(Limits limits) {
        return Row.open(
                "What the servers are and do",
                timeline("Roles", "Who took writes when, and who did not answer.")
                        .ask(
                                "max by (cluster, node) (ha_role_info{component='redis', role='primary', $NODE}) "
                                        + "or 0 * max by (cluster, node) (ha_role_info{component='redis', $NODE}) "
                                        + "or (max by (cluster, node) (redis_up{$NODE}) == 0) - 1",
                                "{{cluster}} {{node}}")
                        .meaning(
                                new State(1, "master", Colour.GREEN),
                                new State(0, "replica", Colour.BLUE),
                                new State(-1, "does not answer", Colour.RED))
                        .to(Link.toNode(UID))
                        .size(8, 8),
                lines("Replication lag", "Age of the newest change of data that a replica has.")
                        .ask("min by (cluster, node) (redis_replication_lag_seconds{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("RedisReplicaLagging"))
                        .emptyWhen("no master answers, or there is no replica")
                        .to(Link.toNode(UID)),
                lines("What would be lost", "If the master died now; against the most that may be lost.")
                        .ask("min by (cluster) (ha_rpo_seconds{component='redis', $CLUSTER})", "{{cluster}} now")
                        .ask(
                                "min by (cluster) (ha_failover_loss_seconds{component='redis', $CLUSTER})",
                                "{{cluster}} by a failover")
                        .ask(
                                "max by (cluster) (ha_rpo_objective_seconds{component='redis', $CLUSTER})",
                                "{{cluster}} may lose")
                        .in(Unit.SECONDS)
                        .coloured(limits.loss())
                        .emptyWhen("no replica, and no level configured"),
                lines("Memory used", "Of maxmemory; without one, of the machine.")
                        .ask(
                                "max by (cluster, node, limit) (redis_memory_used_ratio{$NODE})",
                                "{{cluster}} {{node}} of {{limit}}")
                        .in(Unit.RATIO)
                        .coloured(limits.above("RedisMemoryNearLimit"))
                        .to(Link.toNode(UID)),
                lines("Commands", "Per second on each server.")
                        .ask(
                                "max by (cluster, node) "
                                        + "(rate(redis_commands_processed_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}}")
                        .in(Unit.PER_SECOND)
                        .to(Link.toNode(UID)),
                lines("Connections used", "Clients, of as many as may be connected.")
                        .ask(
                                "max by (cluster, node) (redis_connected_clients{$NODE} / redis_max_clients{$NODE})",
                                "{{cluster}} {{node}}")
                        .in(Unit.RATIO)
                        .coloured(limits.above("RedisClientsNearLimit"))
                        .to(Link.toNode(UID)));
    }

    private static Row replication() {
        return Row.folded(
                "Replication",
                lines("Bytes behind", "Of the master's stream, up to its last change of data, that a replica lacks.")
                        .ask("min by (cluster, node) (redis_replication_lag_bytes{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.BYTES)
                        .emptyWhen("no master answers, or there is no replica"),
                timeline("Could take over", "Whether each replica could become the master now.")
                        .ask(
                                "max by (cluster, node) (ha_replica_promotable{component='redis', $NODE})",
                                "{{cluster}} {{node}}")
                        .meaning(State.YES, State.NO)
                        .emptyWhen("no replica")
                        .size(8, 8),
                timeline("States of the replicas", "The state that each replica is in.")
                        .ask(
                                "max by (cluster, node, state) (ha_replica_state{component='redis', $NODE}) == 1",
                                "{{cluster}} {{node}} {{state}}")
                        .meaning(new State(1, "so", Colour.BLUE))
                        .emptyWhen("no replica")
                        .size(8, 8),
                lines("May be away", "How long a replica may be cut off before it needs a whole copy.")
                        .ask(
                                "min by (cluster, node) (redis_replication_backlog_margin_seconds{$NODE})",
                                "{{cluster}} {{node}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no replica, or nothing is written"),
                lines("Whole copies", "That were sent to replicas since the server started.")
                        .ask("max by (cluster, node) (redis_replica_resyncs_full{$NODE})", "{{cluster}} {{node}}"),
                lines(
                                "Writes refused",
                                "Per second, for want of memory (OOM), disk (MISCONF) or replicas (NOREPLICAS).")
                        .ask(
                                "max by (cluster, node, err) (rate(redis_errors_total{err=~'OOM|MISCONF|NOREPLICAS', "
                                        + "$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} {{err}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("no write was ever refused"));
    }

    private static Row sentinels() {
        var none = "no Sentinels are watched";
        return Row.folded(
                "Sentinels",
                timeline(
                                "All name the same master",
                                "Whether clients are sent to one place by all Sentinels that answer.")
                        .ask(
                                "max by (cluster, master_name) (redis_sentinel_view_agrees{$CLUSTER})",
                                "{{cluster}} {{master_name}}")
                        .meaning(State.YES, State.NO)
                        .emptyWhen(none)
                        .size(8, 8),
                lines("Sentinels that are well", "As each Sentinel sees the others, itself included.")
                        .ask(
                                "max by (cluster, node, master_name) (redis_sentinel_master_ok_sentinels{$NODE})",
                                "{{cluster}} {{node}} {{master_name}}")
                        .emptyWhen(none),
                lines("Replicas that are well", "As each Sentinel sees them.")
                        .ask(
                                "max by (cluster, node, master_name) (redis_sentinel_master_ok_slaves{$NODE})",
                                "{{cluster}} {{node}} {{master_name}}")
                        .emptyWhen(none),
                timeline("Quorum", "Whether each Sentinel reaches a quorum and a majority.")
                        .ask(
                                "max by (cluster, node, master_name) (redis_sentinel_master_ckquorum_status{$NODE})",
                                "{{cluster}} {{node}} {{master_name}}")
                        .meaning(State.YES, State.NO)
                        .size(8, 8)
                        .emptyWhen(none),
                lines("Failovers", "That the Sentinels agreed on, since the agent started.")
                        .ask(
                                "max by (cluster, master_name) (increase(redis_failovers_total{$CLUSTER}[$__range]))",
                                "{{cluster}} {{master_name}}")
                        .emptyWhen(none),
                lines("Last answer of the master", "How long ago each Sentinel heard from it.")
                        .ask(
                                "max by (cluster, node, master_name) "
                                        + "(redis_sentinel_master_last_ok_ping_reply_seconds{$NODE})",
                                "{{cluster}} {{node}} {{master_name}}")
                        .in(Unit.SECONDS)
                        .emptyWhen(none));
    }

    private static Row memory() {
        return Row.folded(
                "Memory",
                lines("Memory", "What each server has allocated.")
                        .ask("max by (cluster, node) (redis_memory_used_bytes{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.BYTES),
                lines("Evicted and expired", "Keys per second.")
                        .ask(
                                "max by (cluster, node) (rate(redis_evicted_keys_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} evicted")
                        .ask(
                                "max by (cluster, node) (rate(redis_expired_keys_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} expired")
                        .in(Unit.PER_SECOND),
                lines("Fragmentation", "Resident memory to allocated memory.")
                        .ask("max by (cluster, node) (redis_mem_fragmentation_ratio{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.PLAIN),
                areas("Keys", "In all databases of each server.")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, db) (redis_db_keys{$NODE}))",
                                "{{cluster}} {{node}}")
                        .emptyWhen("no keys"),
                lines("Found", "Lookups of keys that were there, of all.")
                        .ask(
                                "max by (cluster, node) (rate(redis_keyspace_hits_total{$NODE}[$__rate_interval]) "
                                        + "/ (rate(redis_keyspace_hits_total{$NODE}[$__rate_interval]) "
                                        + "+ rate(redis_keyspace_misses_total{$NODE}[$__rate_interval]) > 0))",
                                "{{cluster}} {{node}}")
                        .in(Unit.RATIO)
                        .emptyWhen("nothing is looked up"),
                timeline("Eviction policy fits", "A queue must not evict, a cache with a limit must.")
                        .ask("max by (cluster, node) (redis_eviction_policy_safe{$NODE})", "{{cluster}} {{node}}")
                        .meaning(State.YES, State.NO)
                        .size(8, 8));
    }

    private static Row persistence() {
        return Row.folded(
                "Persistence",
                lines("Changes not in a dump", "How old the last dump is while there are changes since.")
                        .ask("max by (cluster, node) (redis_rdb_unsaved_seconds{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.SECONDS),
                timeline("Last dump was written", "Whether the last BGSAVE succeeded.")
                        .ask("max by (cluster, node) (redis_rdb_last_bgsave_status{$NODE})", "{{cluster}} {{node}}")
                        .meaning(State.YES, State.NO)
                        .size(8, 8),
                timeline("Append-only file", "Whether the last write to it succeeded.")
                        .ask("max by (cluster, node) (redis_aof_last_write_status{$NODE})", "{{cluster}} {{node}}")
                        .meaning(State.YES, State.NO)
                        .size(8, 8));
    }

    private static Row commands() {
        return Row.folded(
                "Commands and clients",
                areas("Commands", "Per second over the chosen servers, the ten most frequent.")
                        .ask(
                                "topk(10, sum by (cluster, cmd) (max by (cluster, node, cmd) "
                                        + "(rate(redis_commands_total{$NODE}[$__rate_interval]))))",
                                "{{cluster}} {{cmd}}")
                        .in(Unit.PER_SECOND),
                lines("Time of a command", "Mean of each, the ten slowest.")
                        .ask(
                                "topk(10, sum by (cluster, cmd) (max by (cluster, node, cmd) "
                                        + "(rate(redis_commands_duration_seconds_total{$NODE}[$__rate_interval]))) "
                                        + "/ (sum by (cluster, cmd) (max by (cluster, node, cmd) "
                                        + "(rate(redis_commands_total{$NODE}[$__rate_interval]))) > 0))",
                                "{{cluster}} {{cmd}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no commands are called"),
                lines("Clients", "That are connected, and that wait in a blocking command.")
                        .ask("max by (cluster, node) (redis_connected_clients{$NODE})", "{{cluster}} {{node}}")
                        .ask("max by (cluster, node) (redis_blocked_clients{$NODE})", "{{cluster}} {{node}} blocked"),
                lines("Network", "Bytes received and sent per second.")
                        .ask(
                                "max by (cluster, node) (rate(redis_net_input_bytes_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} in")
                        .ask(
                                "max by (cluster, node) (rate(redis_net_output_bytes_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} out")
                        .in(Unit.BYTES_PER_SECOND),
                lines("Connections refused", "Per second, above maxclients.")
                        .ask(
                                "max by (cluster, node) (rate(redis_rejected_connections_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}}")
                        .in(Unit.PER_SECOND),
                lines("Slow log", "Entries in it.")
                        .ask("max by (cluster, node) (redis_slowlog_length{$NODE})", "{{cluster}} {{node}}"));
    }

    private static Row redisCluster() {
        var none = "no Redis Cluster";
        return Row.folded(
                "Redis Cluster",
                timeline("Works", "As each server sees it.")
                        .ask("max by (cluster, node) (redis_cluster_state{$NODE})", "{{cluster}} {{node}}")
                        .meaning(State.YES, State.NO)
                        .emptyWhen(none)
                        .size(8, 8),
                lines("Shards", "Masters that own slots, and those that no replica could take over from.")
                        .ask("max by (cluster) (redis_cluster_shards{$CLUSTER})", "{{cluster}}")
                        .ask(
                                "max by (cluster) (redis_cluster_shards_without_replica{$CLUSTER})",
                                "{{cluster}} without replica")
                        .emptyWhen(none),
                lines("Slots that fail", "Slots whose master is found down, of 16384.")
                        .ask("max by (cluster, node) (redis_cluster_slots_fail{$NODE})", "{{cluster}} {{node}}")
                        .emptyWhen(none));
    }

    private static Row settings() {
        return Row.folded(
                "Settings",
                table(
                                "Risky settings",
                                "Settings that cost data or availability in a failure.",
                                Column.label("cluster"),
                                Column.label("node"),
                                Column.label("check"),
                                Column.label("name"))
                        .ask(
                                "max by (cluster, node, check, name) "
                                        + "(ha_config_finding{component='redis', $CLUSTER}) == 1",
                                "")
                        .emptyWhen("no setting is risky"),
                table(
                                "Versions",
                                "What each server is.",
                                Column.label("cluster"),
                                Column.label("node"),
                                Column.label("redis_version"),
                                Column.label("redis_mode"),
                                Column.label("maxmemory_policy"))
                        .ask(
                                "max by (cluster, node, redis_version, redis_mode, maxmemory_policy) "
                                        + "(redis_instance_info{$NODE})",
                                ""));
    }
}
