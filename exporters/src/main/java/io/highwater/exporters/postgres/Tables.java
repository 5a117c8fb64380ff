// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.gauge;

import java.util.List;

/** Tables and indexes of the database that the agent connects to. */
final class Tables {

    private Tables() {}

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

    static List<Query> queries(int top) {
        return List.of(
                Query.of(
                                TOP_TABLES,
                                Upstream.counter("pg_stat_user_tables_seq_scan", "Sequential scans.", TABLE),
                                Upstream.counter(
                                        "pg_stat_user_tables_seq_tup_read", "Rows read by sequential scans.", TABLE),
                                Upstream.counter("pg_stat_user_tables_idx_scan", "Index scans.", TABLE),
                                Upstream.gauge("pg_stat_user_tables_n_live_tup", "Live rows, estimated.", TABLE),
                                Upstream.gauge("pg_stat_user_tables_n_dead_tup", "Dead rows, estimated.", TABLE),
                                Upstream.gauge(
                                        "pg_stat_user_tables_n_mod_since_analyze",
                                        "Rows changed since the planner last looked, estimated.",
                                        TABLE),
                                Upstream.counter("pg_stat_user_tables_autovacuum_count", "Runs of autovacuum.", TABLE),
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
}
