// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.Kind.GAUGE;
import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Availability;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import java.util.List;

/** What is known of replication: by a node itself, by the primary of its standbys, and by all nodes together. */
final class ReplicationFamilies {

    static final Family UP =
            compatible("pg_up", GAUGE, "Whether the server answers.").from("outcome of the replication collector");

    static final Family IS_REPLICA = compatible(
                    "pg_replication_is_replica", GAUGE, "Whether the server is in recovery.")
            .from("pg_is_in_recovery()");
    static final Family LAST_REPLAY = compatible(
                    "pg_replication_last_replay_seconds",
                    GAUGE,
                    "Age of the transaction that was replayed last; grows while nothing is written, so it is no lag.")
            .from("now() - pg_last_xact_replay_timestamp()");
    static final Family POSITION = gauge(
                    "pg_wal_position_bytes", "Position in the write-ahead log, in bytes from its start.")
            .from("pg_current_wal_flush_lsn(), pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()")
            .by("position");
    static final Family TIMELINE = gauge(
                    "pg_timeline_id", "Timeline that the server writes, or receives while it is connected.")
            .from("pg_walfile_name(), pg_stat_wal_receiver.received_tli");
    static final Family REPLAY_PAUSED =
            gauge("pg_wal_replay_paused", "Whether replay is paused.").from("pg_is_wal_replay_paused()");
    static final Family RECEIVER_STREAMING = gauge(
                    "pg_wal_receiver_streaming",
                    "Whether the standby holds a connection to what it follows; a frozen one counts until it times out.")
            .from("pg_stat_wal_receiver.status");
    static final Family RECEIVER_MESSAGE_AGE = gauge(
                    "pg_wal_receiver_last_msg_age_seconds", "Age of the last message from what the standby follows.")
            .from("now() - pg_stat_wal_receiver.last_msg_receipt_time");

    static final Family SENDER_LSN_DIFF = compatible(
                    "pg_stat_replication_pg_wal_lsn_diff", GAUGE, "Bytes that the standby has not replayed yet.")
            .from("pg_stat_replication.replay_lsn")
            .by("application_name", "client_addr", "state");
    static final Family SENDER_LAG_BYTES = gauge(
                    "pg_stat_replication_lag_bytes",
                    "Bytes that the standby has not sent, written, flushed or replayed.")
            .from("pg_stat_replication.sent_lsn, write_lsn, flush_lsn, replay_lsn")
            .by("application_name", "client_addr", "stage");
    static final Family SENDER_LAG_SECONDS = gauge(
                    "pg_stat_replication_lag_seconds",
                    "How long recent log took to be written, flushed, replayed there; absent while nothing is written.")
            .from("pg_stat_replication.write_lag, flush_lag, replay_lag")
            .by("application_name", "client_addr", "stage");
    static final Family SENDER_REPLY_AGE = gauge(
                    "pg_stat_replication_reply_age_seconds",
                    "Age of the standby's last reply; over 10 s its numbers are not to be believed.")
            .from("now() - pg_stat_replication.reply_time")
            .by("application_name", "client_addr");
    static final Family SYNC_STATE = gauge("pg_stat_replication_sync_state", "1 for the standby's synchronous state.")
            .from("pg_stat_replication.sync_state")
            .by("application_name", "client_addr", "sync_state");

    static final Family LAG_SECONDS = compatible(
                    "pg_replication_lag_seconds",
                    GAUGE,
                    "Age of the newest log position of the primary that the standby has replayed; absent when unknown.")
            .from("positions of primary and standby over time, all by the agent's clock")
            .by("node");
    static final Family LAG_BYTES = gauge(
                    "pg_replication_lag_bytes",
                    "Bytes of the primary's log that the standby has not received, replayed.")
            .from("positions of primary and standby")
            .by("node", "stage");
    static final Family LAG_METHOD = Family.info(
                    "pg_replication_lag_method_info",
                    "How the lag is known: timeline of all nodes, or what the node alone can tell.")
            .from("which of the methods gave the lag")
            .by("node", "method");
    static final Family HEARTBEAT_LAG = gauge(
                    "pg_heartbeat_lag_seconds", "How much older this server's newest heartbeat is than the primary's.")
            .from("the configured heartbeat column here and on the primary")
            .by("node");

    static final List<Family> OF_NODE = List.of(
            IS_REPLICA,
            LAST_REPLAY,
            POSITION,
            TIMELINE,
            REPLAY_PAUSED,
            RECEIVER_STREAMING,
            RECEIVER_MESSAGE_AGE,
            SENDER_LSN_DIFF,
            SENDER_LAG_BYTES,
            SENDER_LAG_SECONDS,
            SENDER_REPLY_AGE,
            SYNC_STATE);

    static final List<Family> OF_CLUSTER = List.of(
            LAG_SECONDS,
            LAG_BYTES,
            LAG_METHOD,
            HEARTBEAT_LAG,
            Ha.LOSS_SECONDS,
            Ha.LOSS_BYTES,
            Ha.PRIMARY_COUNT,
            Ha.ROLE,
            Ha.ROLE_CHANGES,
            Ha.LAST_FAILOVER,
            Ha.MEMBERS,
            Ha.QUORUM_MARGIN,
            Availability.OBSERVED,
            Availability.UNAVAILABLE,
            Availability.OUTAGE,
            Ha.INVARIANT_VIOLATED,
            Ha.REPLICA_STATE,
            Ha.REPLICA_PROMOTABLE,
            Ha.RPO_SECONDS,
            Ha.RPO_BYTES);

    private ReplicationFamilies() {}
}
