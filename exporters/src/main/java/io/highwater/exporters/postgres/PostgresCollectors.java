// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.Kind.COUNTER;
import static io.highwater.core.Family.Kind.GAUGE;
import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.counter;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import io.highwater.core.Ha;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that is a plain statement: which families a query gives, on which versions. */
final class PostgresCollectors {

    private PostgresCollectors() {}

    // ---- slots ------------------------------------------------------------------------------------------------

    private static final String[] SLOT = {"slot_name", "slot_type", "database"};

    static final List<Query> SLOTS = List.of(
            Query.of(
                    """
                    SELECT slot_name, slot_type, database,
                           active::int AS pg_replication_slots_active,
                           CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END
                               - restart_lsn AS pg_replication_slots_pg_wal_lsn_diff,
                           safe_wal_size AS pg_replication_slots_safe_wal_size_bytes,
                           coalesce(wal_status IN ('unreserved', 'lost'), false)::int AS pg_replication_slots_at_risk
                      FROM pg_replication_slots
                    """,
                    gaugeOf("pg_replication_slots_active", "Whether somebody reads the slot.", SLOT),
                    gaugeOf("pg_replication_slots_pg_wal_lsn_diff", "Bytes of log that the slot holds back.", SLOT),
                    gaugeOf(
                            "pg_replication_slots_safe_wal_size_bytes",
                            "Bytes that may be written before the slot loses log; absent without a limit.",
                            SLOT),
                    gauge("pg_replication_slots_at_risk", "Whether log that the slot needs is going or gone.")
                            .from("pg_replication_slots.wal_status in (unreserved, lost)")
                            .by(SLOT)),
            Query.of(
                            """
                            SELECT slot_name, slot_type, database,
                                   extract(epoch FROM now() - inactive_since) AS pg_replication_slots_inactive_seconds,
                                   (invalidation_reason IS NOT NULL)::int AS pg_replication_slots_invalidated
                              FROM pg_replication_slots
                            """,
                            gauge("pg_replication_slots_inactive_seconds", "How long nobody has read the slot.")
                                    .from("now() - pg_replication_slots.inactive_since, from version 17 on")
                                    .by(SLOT),
                            gauge("pg_replication_slots_invalidated", "Whether the slot can never be read again.")
                                    .from("pg_replication_slots.invalidation_reason, from version 17 on")
                                    .by(SLOT))
                    .since(17));

    // ---- archiver ---------------------------------------------------------------------------------------------

    static final List<Query> ARCHIVER = List.of(
            Query.of(
                    """
                    SELECT archived_count AS pg_stat_archiver_archived_count,
                           failed_count AS pg_stat_archiver_failed_count,
                           extract(epoch FROM now() - last_archived_time) AS pg_stat_archiver_last_archive_age,
                           (last_failed_time IS NOT NULL AND (last_archived_time IS NULL
                               OR last_failed_time > last_archived_time))::int AS pg_wal_archive_failing
                      FROM pg_stat_archiver
                     WHERE current_setting('archive_mode') <> 'off'
                    """,
                    counterOf("pg_stat_archiver_archived_count", "Segments that were archived."),
                    counterOf("pg_stat_archiver_failed_count", "Attempts to archive that failed."),
                    gaugeOf(
                            "pg_stat_archiver_last_archive_age",
                            "Seconds since a segment was archived; grows on an idle server, so it is no lag."),
                    gauge("pg_wal_archive_failing", "Whether the last attempt to archive failed.")
                            .from("pg_stat_archiver.last_failed_time > last_archived_time")),
            Query.of(
                    """
                    SELECT count(*) AS pg_wal_archive_pending_segments,
                           coalesce(extract(epoch FROM now() - min(modification)), 0)
                               AS pg_wal_archive_oldest_pending_seconds
                      FROM pg_ls_archive_statusdir()
                     WHERE name ~ '^[0-9A-F]{24}(\\.partial)?\\.ready$'
                    HAVING current_setting('archive_mode') <> 'off'
                    """,
                    gauge("pg_wal_archive_pending_segments", "Segments that wait to be archived.")
                            .from("pg_ls_archive_statusdir(), names ending in .ready"),
                    gauge(
                                    "pg_wal_archive_oldest_pending_seconds",
                                    "Age of the oldest segment that waits to be archived; 0 when none does.")
                            .from("pg_ls_archive_statusdir(), oldest .ready")));

    // ---- activity ---------------------------------------------------------------------------------------------

    static final List<Query> ACTIVITY = List.of(
            Query.of(
                    """
                    SELECT coalesce(datname, '') AS datname, coalesce(state, 'unknown') AS state,
                           count(*) AS pg_stat_activity_count,
                           coalesce(max(extract(epoch FROM now() - xact_start)), 0) AS pg_stat_activity_max_tx_duration
                      FROM pg_stat_activity
                     WHERE backend_type = 'client backend'
                     GROUP BY 1, 2
                    """,
                    gaugeOf("pg_stat_activity_count", "Connections of clients.", "datname", "state"),
                    gaugeOf(
                            "pg_stat_activity_max_tx_duration",
                            "Age of the oldest transaction, in seconds.",
                            "datname",
                            "state")),
            Query.of(
                    """
                    SELECT used.connections AS pg_connections_used,
                           slots.usable AS pg_connections_usable,
                           used.connections / nullif(slots.usable, 0)::float8 AS pg_connections_used_ratio
                      FROM (SELECT count(*) AS connections
                              FROM pg_stat_activity WHERE backend_type = 'client backend') used,
                           (SELECT max(CASE name WHEN 'max_connections' THEN setting::int END)
                                   - sum(CASE name WHEN 'max_connections' THEN 0 ELSE setting::int END) AS usable
                              FROM pg_settings
                             WHERE name IN ('max_connections', 'superuser_reserved_connections',
                                            'reserved_connections')) slots
                    """,
                    gauge("pg_connections_used", "Connections of clients, reserved ones with them.")
                            .from("pg_stat_activity"),
                    gauge("pg_connections_usable", "Connections that a role without privileges can have.")
                            .from("max_connections less the reserved ones"),
                    gauge("pg_connections_used_ratio", "Used over usable connections; at 1 applications are refused.")
                            .from("pg_stat_activity, pg_settings")),
            Query.of(
                    """
                    SELECT held_by, coalesce(max(age), 0) AS pg_oldest_xmin_age_transactions
                      FROM (SELECT 'backend' AS held_by, age(backend_xmin) FROM pg_stat_activity
                            UNION ALL SELECT 'slot', greatest(age(xmin), age(catalog_xmin)) FROM pg_replication_slots
                            UNION ALL SELECT 'prepared', age(transaction) FROM pg_prepared_xacts) xmin
                     GROUP BY held_by
                    """,
                    gauge("pg_oldest_xmin_age_transactions", "Transactions whose dead rows cannot be vacuumed.")
                            .from("backend_xmin, slot xmin and catalog_xmin, pg_prepared_xacts")
                            .by("held_by")));

    // ---- locks ------------------------------------------------------------------------------------------------

    private static final String LOCK_COUNT = """
            SELECT db.datname, mode.mode, count(held.mode) AS pg_locks_count
              FROM pg_database db
             CROSS JOIN unnest(ARRAY['accesssharelock', 'rowsharelock', 'rowexclusivelock', 'shareupdateexclusivelock',
                                     'sharelock', 'sharerowexclusivelock', 'exclusivelock', 'accessexclusivelock',
                                     'sireadlock']) AS mode(mode)
              LEFT JOIN pg_locks held ON held.database = db.oid AND lower(held.mode) = mode.mode
             WHERE NOT db.datistemplate
             GROUP BY 1, 2
            """;

    private static final String LOCK_WAITERS = """
            SELECT coalesce(activity.datname, '') AS datname, count(*) AS pg_lock_waiters,
                   coalesce(max(extract(epoch FROM clock_timestamp() - %s)), 0) AS pg_lock_wait_max_seconds
              FROM pg_locks lock JOIN pg_stat_activity activity USING (pid)
             WHERE NOT lock.granted
             GROUP BY 1
            """;

    private static final Family[] WAITERS = {
        gauge("pg_lock_waiters", "Sessions that wait for a lock; absent for none.")
                .from("pg_locks where not granted")
                .by("datname"),
        gauge("pg_lock_wait_max_seconds", "How long the longest has waited for its lock; absent for none.")
                .from("pg_locks.waitstart; before version 14 the start of the waiting statement")
                .by("datname")
    };

    static final List<Query> LOCKS = List.of(
            Query.of(LOCK_COUNT, gaugeOf("pg_locks_count", "Locks held or awaited, by mode.", "datname", "mode")),
            Query.of(LOCK_WAITERS.formatted("lock.waitstart"), WAITERS).since(14),
            Query.of(LOCK_WAITERS.formatted("activity.query_start"), WAITERS).before(14));

    // ---- databases --------------------------------------------------------------------------------------------

    private static final String[] DATABASE = {"datid", "datname"};

    static final List<Query> DATABASES = List.of(Query.of(
            """
                    SELECT datid, datname,
                           numbackends AS pg_stat_database_numbackends,
                           xact_commit AS pg_stat_database_xact_commit,
                           xact_rollback AS pg_stat_database_xact_rollback,
                           blks_read AS pg_stat_database_blks_read,
                           blks_hit AS pg_stat_database_blks_hit,
                           tup_returned AS pg_stat_database_tup_returned,
                           tup_fetched AS pg_stat_database_tup_fetched,
                           tup_inserted AS pg_stat_database_tup_inserted,
                           tup_updated AS pg_stat_database_tup_updated,
                           tup_deleted AS pg_stat_database_tup_deleted,
                           conflicts AS pg_stat_database_conflicts,
                           temp_files AS pg_stat_database_temp_files,
                           temp_bytes AS pg_stat_database_temp_bytes,
                           deadlocks AS pg_stat_database_deadlocks,
                           checksum_failures AS pg_stat_database_checksum_failures_total
                      FROM pg_stat_database
                     WHERE datname IS NOT NULL AND datname NOT IN ('template0', 'template1')
                    """,
            gaugeOf("pg_stat_database_numbackends", "Sessions connected to the database.", DATABASE),
            counterOf("pg_stat_database_xact_commit", "Transactions committed.", DATABASE),
            counterOf("pg_stat_database_xact_rollback", "Transactions rolled back.", DATABASE),
            counterOf("pg_stat_database_blks_read", "Blocks read from the operating system.", DATABASE),
            counterOf("pg_stat_database_blks_hit", "Blocks found in shared buffers.", DATABASE),
            counterOf("pg_stat_database_tup_returned", "Rows read by scans.", DATABASE),
            counterOf("pg_stat_database_tup_fetched", "Rows fetched by queries.", DATABASE),
            counterOf("pg_stat_database_tup_inserted", "Rows inserted.", DATABASE),
            counterOf("pg_stat_database_tup_updated", "Rows updated.", DATABASE),
            counterOf("pg_stat_database_tup_deleted", "Rows deleted.", DATABASE),
            counterOf("pg_stat_database_conflicts", "Queries canceled by recovery.", DATABASE),
            counterOf("pg_stat_database_temp_files", "Temporary files made by queries.", DATABASE),
            counterOf("pg_stat_database_temp_bytes", "Bytes written to temporary files.", DATABASE),
            counterOf("pg_stat_database_deadlocks", "Deadlocks.", DATABASE),
            counter(
                            "pg_stat_database_checksum_failures_total",
                            "Pages whose checksum was wrong; absent without checksums.")
                    .from("pg_stat_database.checksum_failures")
                    .by(DATABASE)));

    static final List<Query> SIZES = List.of(
            Query.of("""
                    SELECT datname, pg_database_size(oid) AS pg_database_size_bytes
                      FROM pg_database WHERE datallowconn
                    """, gaugeOf("pg_database_size_bytes", "Disk space that the database takes.", "datname")),
            Query.of(
                    """
                    SELECT datname, age(datfrozenxid) AS pg_database_wraparound_age_datfrozenxid_seconds,
                           mxid_age(datminmxid) AS pg_database_wraparound_age_datminmxid_seconds
                      FROM pg_database WHERE datallowconn
                    """,
                    gaugeOf(
                            "pg_database_wraparound_age_datfrozenxid_seconds",
                            "Transactions, not seconds, since the oldest that is not frozen; 2^31 is the end.",
                            "datname"),
                    gaugeOf(
                            "pg_database_wraparound_age_datminmxid_seconds",
                            "Multixacts, not seconds, since the oldest that is not frozen; 2^31 is the end.",
                            "datname")));

    // ---- wal and checkpoints ----------------------------------------------------------------------------------

    static final List<Query> WAL = List.of(
            Query.of(
                    "SELECT count(*) AS pg_wal_segments, sum(size) AS pg_wal_size_bytes FROM pg_ls_waldir()"
                            + " WHERE name ~ '^[0-9A-F]{24}$'",
                    gaugeOf("pg_wal_segments", "Segments in pg_wal."),
                    gaugeOf("pg_wal_size_bytes", "Disk space of the segments in pg_wal.")),
            Query.of(
                            """
                            SELECT wal_records AS pg_stat_wal_records_total, wal_fpi AS pg_stat_wal_fpi_total,
                                   wal_bytes AS pg_stat_wal_bytes_total,
                                   wal_buffers_full AS pg_stat_wal_buffers_full_total
                              FROM pg_stat_wal
                            """,
                            counter("pg_stat_wal_records_total", "Log records written.")
                                    .from("pg_stat_wal, from version 14 on"),
                            counter("pg_stat_wal_fpi_total", "Full page images written.")
                                    .from("pg_stat_wal, from version 14 on"),
                            counter("pg_stat_wal_bytes_total", "Bytes of log written.")
                                    .from("pg_stat_wal, from version 14 on"),
                            counter("pg_stat_wal_buffers_full_total", "Writes because the log's buffers were full.")
                                    .from("pg_stat_wal, from version 14 on"))
                    .since(14),
            Query.of(
                            """
                            SELECT checkpoints_timed AS pg_stat_bgwriter_checkpoints_timed_total,
                                   checkpoints_req AS pg_stat_bgwriter_checkpoints_req_total,
                                   checkpoint_write_time AS pg_stat_bgwriter_checkpoint_write_time_total,
                                   checkpoint_sync_time AS pg_stat_bgwriter_checkpoint_sync_time_total,
                                   buffers_checkpoint AS pg_stat_bgwriter_buffers_checkpoint_total,
                                   buffers_backend_fsync AS pg_stat_bgwriter_buffers_backend_fsync_total
                              FROM pg_stat_bgwriter
                            """,
                            counterOf("pg_stat_bgwriter_checkpoints_timed_total", "Checkpoints by time."),
                            counterOf("pg_stat_bgwriter_checkpoints_req_total", "Checkpoints by request."),
                            counterOf(
                                    "pg_stat_bgwriter_checkpoint_write_time_total",
                                    "Milliseconds that checkpoints wrote."),
                            counterOf(
                                    "pg_stat_bgwriter_checkpoint_sync_time_total",
                                    "Milliseconds that checkpoints synced."),
                            counterOf("pg_stat_bgwriter_buffers_checkpoint_total", "Buffers that checkpoints wrote."),
                            counterOf(
                                    "pg_stat_bgwriter_buffers_backend_fsync_total",
                                    "Times that a backend had to sync itself."))
                    .before(17),
            Query.of(
                            """
                            SELECT num_timed AS pg_stat_checkpointer_num_timed_total,
                                   num_requested AS pg_stat_checkpointer_num_requested_total,
                                   restartpoints_done AS pg_stat_checkpointer_restartpoints_done_total,
                                   write_time AS pg_stat_checkpointer_write_time_total,
                                   sync_time AS pg_stat_checkpointer_sync_time_total,
                                   buffers_written AS pg_stat_checkpointer_buffers_written_total
                              FROM pg_stat_checkpointer
                            """,
                            counterOf("pg_stat_checkpointer_num_timed_total", "Checkpoints by time."),
                            counterOf("pg_stat_checkpointer_num_requested_total", "Checkpoints by request."),
                            counterOf("pg_stat_checkpointer_restartpoints_done_total", "Restartpoints of a standby."),
                            counterOf("pg_stat_checkpointer_write_time_total", "Milliseconds that checkpoints wrote."),
                            counterOf("pg_stat_checkpointer_sync_time_total", "Milliseconds that checkpoints synced."),
                            counterOf("pg_stat_checkpointer_buffers_written_total", "Buffers that checkpoints wrote."))
                    .since(17));

    // ---- tables -----------------------------------------------------------------------------------------------

    private static final String[] TABLE = {"datname", "schemaname", "relname"};
    private static final String IN_TABLES = "pg_stat_user_tables; the row (others) adds up what is beyond topTables";

    private static final String TOP_TABLES = """
            WITH ranked AS (
                SELECT *, row_number() OVER (ORDER BY n_live_tup + n_dead_tup DESC, relid) <= ? AS top
                  FROM pg_stat_user_tables)
            SELECT current_database() AS datname,
                   CASE WHEN top THEN schemaname ELSE '(others)' END AS schemaname,
                   CASE WHEN top THEN relname ELSE '(others)' END AS relname,
                   sum(seq_scan) AS pg_stat_user_tables_seq_scan,
                   sum(seq_tup_read) AS pg_stat_user_tables_seq_tup_read,
                   sum(idx_scan) AS pg_stat_user_tables_idx_scan,
                   sum(n_live_tup) AS pg_stat_user_tables_n_live_tup,
                   sum(n_dead_tup) AS pg_stat_user_tables_n_dead_tup,
                   sum(n_mod_since_analyze) AS pg_stat_user_tables_n_mod_since_analyze,
                   sum(autovacuum_count) AS pg_stat_user_tables_autovacuum_count,
                   extract(epoch FROM max(greatest(last_vacuum, last_autovacuum)))
                       AS pg_stat_user_tables_last_vacuum_timestamp_seconds
              FROM ranked
             GROUP BY 1, 2, 3
            """;

    /** Sizes by relpages: exact enough, and without the lock that an ALTER TABLE would let us wait for. */
    private static final String WHOLE_DATABASE = """
            SELECT current_database() AS datname,
                   (SELECT count(*) FROM pg_stat_user_tables) AS pg_user_tables,
                   (SELECT count(*) FROM pg_stat_user_tables
                     WHERE n_live_tup > 10000 AND seq_scan > coalesce(idx_scan, 0)) AS pg_user_tables_without_index_use,
                   (SELECT count(*) FROM pg_stat_user_indexes stat JOIN pg_index USING (indexrelid)
                     WHERE stat.idx_scan = 0 AND NOT indisunique) AS pg_user_indexes_unused,
                   (SELECT coalesce(sum(class.relpages::bigint), 0) * current_setting('block_size')::int
                      FROM pg_stat_user_indexes stat
                      JOIN pg_index USING (indexrelid) JOIN pg_class class ON class.oid = stat.indexrelid
                     WHERE stat.idx_scan = 0 AND NOT indisunique) AS pg_user_indexes_unused_bytes,
                   (SELECT count(*) FROM pg_index WHERE NOT indisvalid) AS pg_indexes_invalid
            """;

    static List<Query> tables(int top) {
        return List.of(
                Query.of(
                                TOP_TABLES,
                                counterOf("pg_stat_user_tables_seq_scan", "Sequential scans.", TABLE),
                                counterOf("pg_stat_user_tables_seq_tup_read", "Rows read by sequential scans.", TABLE),
                                counterOf("pg_stat_user_tables_idx_scan", "Index scans.", TABLE),
                                gaugeOf("pg_stat_user_tables_n_live_tup", "Live rows, estimated.", TABLE),
                                gaugeOf("pg_stat_user_tables_n_dead_tup", "Dead rows, estimated.", TABLE),
                                gaugeOf(
                                        "pg_stat_user_tables_n_mod_since_analyze",
                                        "Rows changed since the planner last looked, estimated.",
                                        TABLE),
                                counterOf("pg_stat_user_tables_autovacuum_count", "Runs of autovacuum.", TABLE),
                                gauge(
                                                "pg_stat_user_tables_last_vacuum_timestamp_seconds",
                                                "When the table was last vacuumed, by hand or not.")
                                        .from(IN_TABLES)
                                        .by(TABLE))
                        .with(top),
                Query.of(
                        WHOLE_DATABASE,
                        gauge("pg_user_tables", "Tables of users in the database that the agent connects to.")
                                .from("pg_stat_user_tables")
                                .by("datname"),
                        gauge(
                                        "pg_user_tables_without_index_use",
                                        "Tables above 10,000 rows that are scanned more often than an index of theirs.")
                                .from("pg_stat_user_tables.seq_scan > idx_scan")
                                .by("datname"),
                        gauge("pg_user_indexes_unused", "Indexes, not unique, that were never scanned here.")
                                .from("pg_stat_user_indexes.idx_scan = 0")
                                .by("datname"),
                        gauge("pg_user_indexes_unused_bytes", "Disk space of the indexes that were never scanned here.")
                                .from("pg_class.relpages of unused indexes")
                                .by("datname"),
                        gauge("pg_indexes_invalid", "Indexes that a failed CREATE INDEX CONCURRENTLY left behind.")
                                .from("pg_index where not indisvalid")
                                .by("datname")));
    }

    // ---- settings ---------------------------------------------------------------------------------------------

    private static final List<String> NUMBERS = List.of(
            "max_connections",
            "superuser_reserved_connections",
            "max_wal_senders",
            "max_replication_slots",
            "wal_keep_size",
            "max_slot_wal_keep_size",
            "max_wal_size",
            "checkpoint_timeout",
            "archive_timeout",
            "wal_sender_timeout",
            "wal_receiver_timeout");

    /** Numbers keep the names that the established exporter makes of setting and base unit. */
    static final List<Query> SETTINGS = List.of(settingNumbers(), findings());

    private static Query settingNumbers() {
        var families = NUMBERS.stream().map(PostgresCollectors::setting).toArray(Family[]::new);
        var columns = Stream.of(families)
                .map(family -> "max(CASE name WHEN '" + settingName(family) + "' THEN value END) AS " + family.name())
                .toList();
        return Query.of("""
                SELECT %s FROM (
                    SELECT name, setting::float8 * CASE unit WHEN 'MB' THEN 1048576 WHEN '8kB' THEN 8192
                           WHEN 'kB' THEN 1024 WHEN 'ms' THEN 0.001 WHEN 'min' THEN 60 ELSE 1 END AS value
                      FROM pg_settings WHERE vartype = 'integer' AND setting::bigint >= 0) settings
                """.formatted(String.join(", ", columns)), families);
    }

    private static Family setting(String name) {
        var unit = name.endsWith("_timeout") ? "_seconds" : name.endsWith("_size") ? "_bytes" : "";
        return gaugeOf(
                "pg_settings_" + name + unit, "The setting " + name + "; absent when it is -1, without a limit.");
    }

    private static String settingName(Family family) {
        return family.name()
                .replaceFirst("^pg_settings_", "")
                .replaceFirst("(?<=_timeout)_seconds$|(?<=_size)_bytes$", "");
    }

    private static Query findings() {
        return Query.of("""
                SELECT 'postgres' AS component, check_name AS "check", found::int AS ha_config_finding
                  FROM (VALUES
                    ('fsync_off', current_setting('fsync') = 'off'),
                    ('full_page_writes_off', current_setting('full_page_writes') = 'off'),
                    ('synchronous_commit_off', current_setting('synchronous_commit') = 'off'),
                    ('data_checksums_off', current_setting('data_checksums') = 'off'),
                    ('archive_mode_off', current_setting('archive_mode') = 'off'),
                    ('slot_wal_unlimited', current_setting('max_slot_wal_keep_size') = '-1'
                                           AND EXISTS (SELECT FROM pg_replication_slots)),
                    ('hot_standby_feedback_off', current_setting('hot_standby_feedback') = 'off'
                                                 AND pg_is_in_recovery())) findings(check_name, found)
                """, Ha.CONFIG_FINDING);
    }

    // ---- declarations -----------------------------------------------------------------------------------------

    static List<Family> families(List<Query> queries) {
        var families = new ArrayList<Family>();
        queries.forEach(query -> families.addAll(query.families()));
        return families.stream().distinct().toList();
    }

    private static Family gaugeOf(String name, String help, String... labels) {
        return compatible(name, GAUGE, help).from(source(name)).by(labels);
    }

    private static Family counterOf(String name, String help, String... labels) {
        return compatible(name, COUNTER, help).from(source(name)).by(labels);
    }

    /** A compatible name says where the number is from: {@code pg_stat_archiver_failed_count}. */
    private static String source(String name) {
        for (var view : List.of(
                "pg_stat_activity",
                "pg_stat_archiver",
                "pg_stat_bgwriter",
                "pg_stat_checkpointer",
                "pg_stat_database",
                "pg_stat_user_tables",
                "pg_replication_slots",
                "pg_settings",
                "pg_locks",
                "pg_database")) {
            if (name.startsWith(view + "_")) {
                return view;
            }
        }
        return name.startsWith("pg_wal_") ? "pg_ls_waldir()" : "";
    }
}
