// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.areas;
import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** Postgres: roles, replication, what would be lost, and what its servers do. */
final class PostgresDashboard {

    private static final String UID = "highwater-postgres";

    private PostgresDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                UID,
                "Highwater / Postgres",
                "Roles, replication and loss of each Postgres cluster, and what its servers do.",
                List.of(Variable.clusters("postgres"), Variable.nodes("postgres")),
                Annotation.ALL,
                List.of(
                        problems(limits),
                        state(limits),
                        replication(limits),
                        logAndArchive(limits),
                        sessions(limits),
                        databases(limits),
                        checkpoints(),
                        settings()));
    }

    private static Row problems(Limits limits) {
        return Row.open(
                "Problems now",
                stat("Primaries", "Nodes that take writes; anything but 1 is an outage or a split brain.")
                        .ask("max by (cluster) (ha_primary_count{component='postgres', $CLUSTER})", "{{cluster}}")
                        .in(Unit.PLAIN)
                        .coloured(Thresholds.ONE)
                        .size(3, 4),
                stat("Nodes that do not answer", "Servers that no agent could ask the last time.")
                        .ask("sum(1 - max by (cluster, node) (pg_up{$NODE}))", "nodes")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .size(3, 4),
                stat("May fail", "How many more nodes may fail before nobody takes writes.")
                        .ask("max by (cluster) (ha_quorum_margin{component='postgres', $CLUSTER})", "{{cluster}}")
                        .in(Unit.PLAIN)
                        .coloured(Thresholds.MARGIN)
                        .size(3, 4),
                stat("Would be lost", "Acknowledged work, as time, that would be gone if the primary died now.")
                        .ask("min by (cluster) (ha_rpo_seconds{component='postgres', $CLUSTER})", "{{cluster}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.loss())
                        .emptyWhen("no primary answers, or no standby")
                        .size(3, 4),
                stat("Worst lag", "Of the standby that is furthest behind the primary.")
                        .ask("max(min by (cluster, node) (pg_replication_lag_seconds{$NODE}))", "lag")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("PostgresReplicaLagging"))
                        .emptyWhen("no primary answers, or no standby")
                        .size(3, 4),
                stat("Connections used", "Of those that applications can have, on the server that has fewest left.")
                        .ask("max(max by (cluster, node) (pg_connections_used_ratio{$NODE}))", "used")
                        .in(Unit.RATIO)
                        .coloured(limits.above("PostgresConnectionsNearLimit", "PostgresConnectionsExhausted"))
                        .size(3, 4),
                stat("Log not archived", "Age of the oldest segment of log that waits to be archived.")
                        .ask("max(max by (cluster, node) (pg_wal_archive_oldest_pending_seconds{$NODE}))", "age")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("PostgresWalArchiveBehind"))
                        .emptyWhen("not archived, or no right to see it")
                        .size(3, 4),
                stat("Broken invariants", "Things that must always hold between nodes and do not.")
                        .ask(
                                "sum(max by (cluster, check) (ha_invariant_violated{component='postgres', $CLUSTER}))",
                                "invariants")
                        .coloured(Thresholds.ANY_IS_BAD)
                        .size(3, 4));
    }

    private static Row state(Limits limits) {
        return Row.open(
                "What the servers are and do",
                timeline("Roles", "Who took writes when, and who did not answer.")
                        .ask(
                                "1 - max by (cluster, node) (pg_replication_is_replica{$NODE}) "
                                        + "or (max by (cluster, node) (pg_up{$NODE}) == 0) - 1",
                                "{{cluster}} {{node}}")
                        .meaning(
                                new State(1, "primary", Colour.GREEN),
                                new State(0, "standby", Colour.BLUE),
                                new State(-1, "does not answer", Colour.RED))
                        .to(Link.toNode(UID))
                        .size(8, 8),
                lines("Replication lag", "Age of the newest change of the primary that a standby has replayed.")
                        .ask("min by (cluster, node) (pg_replication_lag_seconds{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("PostgresReplicaLagging"))
                        .emptyWhen("no primary answers, or there is no standby")
                        .to(Link.toNode(UID)),
                lines(
                                "What would be lost",
                                "If the primary died now, or of what was seen on it while it does not answer; against the "
                                        + "most that may be lost.")
                        .ask("min by (cluster) (ha_rpo_seconds{component='postgres', $CLUSTER})", "{{cluster}} now")
                        .ask(
                                "min by (cluster) (ha_failover_loss_seconds{component='postgres', $CLUSTER})",
                                "{{cluster}} by a failover")
                        .ask(
                                "max by (cluster) (ha_rpo_objective_seconds{component='postgres', $CLUSTER})",
                                "{{cluster}} may lose")
                        .in(Unit.SECONDS)
                        .coloured(limits.loss())
                        .emptyWhen("no standby, and no level configured"),
                lines("Connections used", "Of those that applications can have; at 1 they are refused.")
                        .ask("max by (cluster, node) (pg_connections_used_ratio{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.RATIO)
                        .coloured(limits.above("PostgresConnectionsNearLimit", "PostgresConnectionsExhausted"))
                        .to(Link.toNode(UID)),
                lines("Transactions", "Committed and rolled back per second, over all databases.")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_xact_commit{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{node}} commits")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_xact_rollback{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{node}} rolls back")
                        .in(Unit.PER_SECOND)
                        .to(Link.toNode(UID)),
                lines(
                                "Log written",
                                "Bytes of write-ahead log per second: what standbys and archive must keep up with.")
                        .ask(
                                "max by (cluster, node) "
                                        + "(deriv(pg_wal_position_bytes{position='flushed', $NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}}")
                        .in(Unit.BYTES_PER_SECOND)
                        .emptyWhen("no primary answers"));
    }

    private static Row replication(Limits limits) {
        return Row.folded(
                "Replication",
                lines("Bytes behind", "Of the primary's log that a standby has not received or replayed.")
                        .ask(
                                "min by (cluster, node, stage) (pg_replication_lag_bytes{$NODE})",
                                "{{cluster}} {{node}} {{stage}}")
                        .in(Unit.BYTES)
                        .emptyWhen("no primary answers, or there is no standby"),
                timeline(
                                "States of the replicas",
                                "The state that each replica is in; none is shown while nobody knows it.")
                        .ask(
                                "max by (cluster, node, state) "
                                        + "(ha_replica_state{component='postgres', $NODE}) == 1",
                                "{{cluster}} {{node}} {{state}}")
                        .meaning(new State(1, "so", Colour.BLUE))
                        .emptyWhen("no replica")
                        .size(8, 8),
                timeline("Could take over", "Whether each replica could become the primary now.")
                        .ask(
                                "max by (cluster, node) (ha_replica_promotable{component='postgres', $NODE})",
                                "{{cluster}} {{node}}")
                        .meaning(State.YES, State.NO)
                        .emptyWhen("no replica")
                        .size(8, 8),
                lines("As the primary sees its standbys", "How long recent log took to be replayed there.")
                        .ask(
                                "max by (cluster, application_name, stage) "
                                        + "(pg_stat_replication_lag_seconds{$NODE})",
                                "{{cluster}} {{application_name}} {{stage}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no standby, or nothing is written"),
                lines("Log held back by slots", "Bytes of log that a slot keeps from being removed.")
                        .ask(
                                "max by (cluster, node, slot_name) (pg_replication_slots_pg_wal_lsn_diff{$NODE})",
                                "{{cluster}} {{node}} {{slot_name}}")
                        .in(Unit.BYTES)
                        .coloured(limits.above("PostgresSlotInactive"))
                        .emptyWhen("no replication slots"),
                table(
                                "Slots",
                                "Whether somebody reads each slot, and whether log that it needs is going or gone.",
                                Column.label("cluster"),
                                Column.label("node"),
                                Column.label("slot_name"),
                                Column.value("A", "read", Unit.PLAIN, Thresholds.NONE, State.YES, State.NO),
                                Column.value(
                                        "B",
                                        "at risk",
                                        Unit.PLAIN,
                                        Thresholds.NONE,
                                        new State(0, "no", Colour.GREEN),
                                        new State(1, "yes", Colour.RED)))
                        .ask("max by (cluster, node, slot_name) (pg_replication_slots_active{$NODE})", "")
                        .ask("max by (cluster, node, slot_name) (pg_replication_slots_at_risk{$NODE})", "")
                        .emptyWhen("no replication slots")
                        .size(8, 8));
    }

    private static Row logAndArchive(Limits limits) {
        return Row.folded(
                "Log and archive",
                lines("Log on disk", "Disk space of the segments in pg_wal.")
                        .ask("max by (cluster, node) (pg_wal_size_bytes{$NODE})", "{{cluster}} {{node}}")
                        .in(Unit.BYTES),
                lines("Segments that wait to be archived", "They stay on disk until they are.")
                        .ask("max by (cluster, node) (pg_wal_archive_pending_segments{$NODE})", "{{cluster}} {{node}}")
                        .emptyWhen("not archived, or no right to see it"),
                lines("Oldest segment that waits", "How old it is: about what a restore from the archive would lack.")
                        .ask(
                                "max by (cluster, node) (pg_wal_archive_oldest_pending_seconds{$NODE})",
                                "{{cluster}} {{node}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("PostgresWalArchiveBehind"))
                        .emptyWhen("not archived, or no right to see it"),
                lines("Archived and failed", "Segments per second.")
                        .ask(
                                "max by (cluster, node) (rate(pg_stat_archiver_archived_count{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} archived")
                        .ask(
                                "max by (cluster, node) (rate(pg_stat_archiver_failed_count{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} failed")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("not archived"));
    }

    private static Row sessions(Limits limits) {
        return Row.folded(
                "Sessions and locks",
                areas("Sessions by state", "Connections of clients on the chosen nodes.")
                        .ask(
                                "sum by (cluster, state) (max by (cluster, node, datname, state) "
                                        + "(pg_stat_activity_count{$NODE}))",
                                "{{cluster}} {{state}}"),
                lines("Longest transaction", "Age of the oldest one of each database.")
                        .ask(
                                "max by (cluster, node, datname) (pg_stat_activity_max_tx_duration{$NODE})",
                                "{{cluster}} {{node}} {{datname}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("PostgresLongTransaction")),
                lines("Longest wait for a lock", "How long the session that waits longest has waited.")
                        .ask(
                                "max by (cluster, node, datname) (pg_lock_wait_max_seconds{$NODE})",
                                "{{cluster}} {{node}} {{datname}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("PostgresLockWait"))
                        .emptyWhen("nobody waits for a lock"),
                lines("Sessions that wait for a lock", "In each database.")
                        .ask(
                                "max by (cluster, node, datname) (pg_lock_waiters{$NODE})",
                                "{{cluster}} {{node}} {{datname}}")
                        .emptyWhen("nobody waits for a lock"),
                lines("Held back from vacuum", "Transactions whose dead rows cannot be removed, by what holds them.")
                        .ask(
                                "max by (cluster, node, held_by) (pg_oldest_xmin_age_transactions{$NODE})",
                                "{{cluster}} {{node}} {{held_by}}")
                        .emptyWhen("nothing holds vacuum back"),
                lines("Slow statements", "Calls per second of statements that are slower than the configured limit.")
                        .ask(
                                "max by (cluster, node) (rate(pg_slow_queries_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("pg_stat_statements is not installed"));
    }

    private static Row databases(Limits limits) {
        return Row.folded(
                "Databases",
                lines("Size", "Disk space that each database takes.")
                        .ask("max by (cluster, datname) (pg_database_size_bytes{$NODE})", "{{cluster}} {{datname}}")
                        .in(Unit.BYTES),
                lines("Age of transaction ids", "Transactions since the oldest that is not frozen; 2^31 is the end.")
                        .ask(
                                "max by (cluster, datname) (pg_database_wraparound_age_datfrozenxid_seconds{$NODE})",
                                "{{cluster}} {{datname}}")
                        .coloured(limits.above("PostgresWraparoundNear")),
                lines("Found in memory", "Blocks that were in shared buffers, of all that were asked for.")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_blks_hit{$NODE}[$__rate_interval]))) "
                                        + "/ (sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_blks_hit{$NODE}[$__rate_interval]))) "
                                        + "+ sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_blks_read{$NODE}[$__rate_interval]))) > 0)",
                                "{{cluster}} {{node}}")
                        .in(Unit.RATIO)
                        .emptyWhen("no block was asked for"),
                lines("Rows changed", "Inserted, updated and deleted per second.")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_tup_inserted{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{node}} inserted")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_tup_updated{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{node}} updated")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_tup_deleted{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{node}} deleted")
                        .in(Unit.PER_SECOND),
                lines("Temporary files", "Bytes that queries wrote to them per second, for want of work_mem.")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_temp_bytes{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{node}}")
                        .in(Unit.BYTES_PER_SECOND),
                lines("Deadlocks, conflicts, bad pages", "Per second; a bad page is one whose checksum was wrong.")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_deadlocks{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{node}} deadlocks")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_conflicts{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{node}} conflicts")
                        .ask(
                                "sum by (cluster, node) (max by (cluster, node, datname) "
                                        + "(rate(pg_stat_database_checksum_failures_total{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{node}} bad pages")
                        .in(Unit.PER_SECOND));
    }

    private static Row checkpoints() {
        return Row.folded(
                "Checkpoints and tables",
                lines("Checkpoints", "Per second; those by request say that max_wal_size is small.")
                        .ask(
                                "max by (cluster, node) (rate(pg_stat_checkpointer_num_timed_total{$NODE}[$__rate_interval]) "
                                        + "or rate(pg_stat_bgwriter_checkpoints_timed_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} by time")
                        .ask(
                                "max by (cluster, node) "
                                        + "(rate(pg_stat_checkpointer_num_requested_total{$NODE}[$__rate_interval]) "
                                        + "or rate(pg_stat_bgwriter_checkpoints_req_total{$NODE}[$__rate_interval]))",
                                "{{cluster}} {{node}} by request")
                        .in(Unit.PER_SECOND),
                lines("Dead rows", "Of the ten tables that have most, estimated.")
                        .ask(
                                "topk(10, max by (cluster, datname, relname) (pg_stat_user_tables_n_dead_tup{$NODE}))",
                                "{{cluster}} {{datname}} {{relname}}")
                        .emptyWhen("no tables"),
                lines("Sequential scans", "Per second, of the ten tables that have most.")
                        .ask(
                                "topk(10, max by (cluster, datname, relname) "
                                        + "(rate(pg_stat_user_tables_seq_scan{$NODE}[$__rate_interval])))",
                                "{{cluster}} {{datname}} {{relname}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("no tables"));
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
                                        + "(ha_config_finding{component='postgres', $CLUSTER}) == 1",
                                "")
                        .emptyWhen("no setting is risky"),
                table(
                                "Limits",
                                "Settings that bound what the servers can do.",
                                Column.label("cluster"),
                                Column.label("node"),
                                Column.value("A", "connections", Unit.PLAIN, Thresholds.NONE),
                                Column.value("B", "log senders", Unit.PLAIN, Thresholds.NONE),
                                Column.value("C", "log before a checkpoint", Unit.BYTES, Thresholds.NONE))
                        .ask("max by (cluster, node) (pg_settings_max_connections{$NODE})", "")
                        .ask("max by (cluster, node) (pg_settings_max_wal_senders{$NODE})", "")
                        .ask("max by (cluster, node) (pg_settings_max_wal_size_bytes{$NODE})", ""));
    }
}
