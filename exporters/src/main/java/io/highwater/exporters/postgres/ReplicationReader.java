// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.exporters.postgres.ReplicationFamilies.*;

import io.highwater.core.Samples;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The pulse: a server's role, positions, what it receives and what it sends, in two short statements that read memory
 * and one small file. Nothing here waits for a lock on a table of the users'.
 */
final class ReplicationReader implements Reader {

    static final String NAME = "replication";

    /** Functions that fail in recovery stand behind the CASE; those about recovery are null outside it. */
    private static final String STATE = """
            SELECT recovery.active AS in_recovery,
                   (SELECT system_identifier::text FROM pg_control_system()) AS system_identifier,
                   (SELECT timeline_id FROM pg_control_checkpoint()) AS checkpoint_timeline,
                   CASE WHEN NOT recovery.active THEN pg_current_wal_flush_lsn() - '0/0'::pg_lsn END AS flushed,
                   CASE WHEN NOT recovery.active THEN pg_walfile_name(pg_current_wal_lsn()) END AS walfile,
                   pg_last_wal_receive_lsn() - '0/0'::pg_lsn AS received,
                   CASE WHEN recovery.active THEN pg_last_wal_replay_lsn() - '0/0'::pg_lsn END AS replayed,
                   CASE WHEN recovery.active THEN pg_is_wal_replay_paused() END AS paused,
                   CASE WHEN recovery.active
                        THEN extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END AS last_replay,
                   receiver.status,
                   receiver.received_tli,
                   extract(epoch FROM now() - receiver.last_msg_receipt_time) AS message_age,
                   current_setting('synchronous_commit') AS synchronous_commit
              FROM (SELECT pg_is_in_recovery() AS active) recovery
              LEFT JOIN pg_stat_wal_receiver receiver ON recovery.active
            """;

    /** A standby that reconnects stands here twice for a while; the newer connection counts. */
    private static final String SENDERS = """
            SELECT DISTINCT ON (application_name, client_addr)
                   coalesce(application_name, '') AS application_name, coalesce(host(client_addr), 'local') AS client_addr, state, sync_state,
                   here.position - sent_lsn AS sent, here.position - write_lsn AS write,
                   here.position - flush_lsn AS flush, here.position - replay_lsn AS replay,
                   extract(epoch FROM write_lag) AS write_lag, extract(epoch FROM flush_lag) AS flush_lag,
                   extract(epoch FROM replay_lag) AS replay_lag, extract(epoch FROM now() - reply_time) AS reply_age
              FROM pg_stat_replication,
                   (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()
                                ELSE pg_current_wal_lsn() END AS position) here
             ORDER BY application_name, client_addr, backend_start DESC
            """;

    private static final List<String> STAGES = List.of("sent", "write", "flush", "replay");

    private final String node;

    ReplicationReader(String node) {
        this.node = node;
    }

    @Override
    public void read(Connection connection, Samples out) throws SQLException {
        boolean commitsWait = senders(connection, out);
        try (var statement = connection.prepareStatement(STATE);
                var row = statement.executeQuery()) {
            row.next();
            commitsWait &= !List.of("off", "local").contains(row.getString("synchronous_commit"));
            var state = state(row, commitsWait);
            out.fact(state);
            add(state, row, out);
        }
    }

    private NodeState state(ResultSet row, boolean commitsWait) throws SQLException {
        boolean inRecovery = row.getBoolean("in_recovery");
        boolean streaming = "streaming".equals(row.getString("status"));
        return new NodeState(
                node,
                System.nanoTime(),
                inRecovery,
                String.valueOf(row.getString("system_identifier")),
                inRecovery ? receivedTimeline(row, streaming) : writtenTimeline(row),
                row.getInt("checkpoint_timeline"),
                number(row, "flushed"),
                inRecovery ? number(row, "received") : OptionalLong.empty(),
                number(row, "replayed"),
                streaming,
                real(row, "message_age"),
                real(row, "last_replay"),
                commitsWait);
    }

    private static OptionalInt receivedTimeline(ResultSet row, boolean streaming) throws SQLException {
        int timeline = row.getInt("received_tli");
        return row.wasNull() || !streaming ? OptionalInt.empty() : OptionalInt.of(timeline);
    }

    /** The first eight digits of a segment's name, which are right at once after a promotion. */
    private static OptionalInt writtenTimeline(ResultSet row) throws SQLException {
        var walfile = row.getString("walfile");
        return walfile == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(walfile.substring(0, 8), 16));
    }

    private static void add(NodeState state, ResultSet row, Samples out) throws SQLException {
        out.add(IS_REPLICA, state.inRecovery());
        state.timeline().ifPresent(timeline -> out.add(TIMELINE, timeline));
        position(out, state.flushed(), "flushed");
        position(out, state.received(), "received");
        position(out, state.replayed(), "replayed");
        if (state.inRecovery()) {
            out.add(REPLAY_PAUSED, row.getBoolean("paused"));
            out.add(RECEIVER_STREAMING, state.streaming());
            state.messageAge().ifPresent(age -> out.add(RECEIVER_MESSAGE_AGE, age));
            state.lastReplayAge().ifPresent(age -> out.add(LAST_REPLAY, age));
        }
    }

    private static void position(Samples out, OptionalLong position, String name) {
        position.ifPresent(bytes -> out.add(POSITION, (double) bytes, name));
    }

    /** Returns whether a synchronous standby is there. */
    private static boolean senders(Connection connection, Samples out) throws SQLException {
        boolean synchronous = false;
        try (var statement = connection.prepareStatement(SENDERS);
                var row = statement.executeQuery()) {
            while (row.next()) {
                synchronous |= addSender(row, out);
            }
        }
        return synchronous;
    }

    private static boolean addSender(ResultSet row, Samples out) throws SQLException {
        var name = row.getString("application_name");
        var address = row.getString("client_addr");
        var state = String.valueOf(row.getString("state"));
        var syncState = String.valueOf(row.getString("sync_state"));
        real(row, "replay").ifPresent(bytes -> out.add(SENDER_LSN_DIFF, bytes, name, address, state));
        for (var stage : STAGES) {
            real(row, stage).ifPresent(bytes -> out.add(SENDER_LAG_BYTES, bytes, name, address, stage));
        }
        for (var stage : STAGES.subList(1, STAGES.size())) {
            real(row, stage + "_lag").ifPresent(lag -> out.add(SENDER_LAG_SECONDS, lag, name, address, stage));
        }
        real(row, "reply_age").ifPresent(age -> out.add(SENDER_REPLY_AGE, age, name, address));
        out.add(SYNC_STATE, 1, name, address, syncState);
        return state.equals("streaming") && (syncState.equals("sync") || syncState.equals("quorum"));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalDouble real(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
