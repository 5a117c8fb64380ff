// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.counter;

import java.util.List;

/** The counters of each database. */
final class Databases {

    private Databases() {}

    private static final String[] DATABASE = {"datid", "datname"};

    static final List<Query> QUERIES = List.of(Query.of(
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
            Upstream.gauge("pg_stat_database_numbackends", "Sessions connected to the database.", DATABASE),
            Upstream.counter("pg_stat_database_xact_commit", "Transactions committed.", DATABASE),
            Upstream.counter("pg_stat_database_xact_rollback", "Transactions rolled back.", DATABASE),
            Upstream.counter("pg_stat_database_blks_read", "Blocks read from the operating system.", DATABASE),
            Upstream.counter("pg_stat_database_blks_hit", "Blocks found in shared buffers.", DATABASE),
            Upstream.counter("pg_stat_database_tup_returned", "Rows read by scans.", DATABASE),
            Upstream.counter("pg_stat_database_tup_fetched", "Rows fetched by queries.", DATABASE),
            Upstream.counter("pg_stat_database_tup_inserted", "Rows inserted.", DATABASE),
            Upstream.counter("pg_stat_database_tup_updated", "Rows updated.", DATABASE),
            Upstream.counter("pg_stat_database_tup_deleted", "Rows deleted.", DATABASE),
            Upstream.counter("pg_stat_database_conflicts", "Queries canceled by recovery.", DATABASE),
            Upstream.counter("pg_stat_database_temp_files", "Temporary files made by queries.", DATABASE),
            Upstream.counter("pg_stat_database_temp_bytes", "Bytes written to temporary files.", DATABASE),
            Upstream.counter("pg_stat_database_deadlocks", "Deadlocks.", DATABASE),
            counter(
                            "pg_stat_database_checksum_failures_total",
                            "Pages whose checksum was wrong; absent without checksums.")
                    .from("pg_stat_database.checksum_failures")
                    .by(DATABASE)));
}
