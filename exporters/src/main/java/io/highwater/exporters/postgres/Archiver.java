// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.gauge;

import java.util.List;

/** Log archiving: by the oldest segment that waits, not by the last that went, so that idle is not late. */
final class Archiver {

    private Archiver() {}

    static final List<Query> QUERIES = List.of(
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
                    Upstream.counter("pg_stat_archiver_archived_count", "Segments that were archived."),
                    Upstream.counter("pg_stat_archiver_failed_count", "Attempts to archive that failed."),
                    Upstream.gauge(
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
}
