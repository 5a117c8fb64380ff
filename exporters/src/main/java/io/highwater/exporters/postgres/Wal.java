// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.counter;

import java.util.List;

/** Log files, log written, checkpoints. */
final class Wal {

    private Wal() {}

    static final List<Query> QUERIES = List.of(
            Query.of(
                    "SELECT count(*) AS pg_wal_segments, sum(size) AS pg_wal_size_bytes FROM pg_ls_waldir()"
                            + " WHERE name ~ '^[0-9A-F]{24}$'",
                    Upstream.gauge("pg_wal_segments", "Segments in pg_wal."),
                    Upstream.gauge("pg_wal_size_bytes", "Disk space of the segments in pg_wal.")),
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
                            Upstream.counter("pg_stat_bgwriter_checkpoints_timed_total", "Checkpoints by time."),
                            Upstream.counter("pg_stat_bgwriter_checkpoints_req_total", "Checkpoints by request."),
                            Upstream.counter(
                                    "pg_stat_bgwriter_checkpoint_write_time_total",
                                    "Milliseconds that checkpoints wrote."),
                            Upstream.counter(
                                    "pg_stat_bgwriter_checkpoint_sync_time_total",
                                    "Milliseconds that checkpoints synced."),
                            Upstream.counter(
                                    "pg_stat_bgwriter_buffers_checkpoint_total", "Buffers that checkpoints wrote."),
                            Upstream.counter(
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
                            Upstream.counter("pg_stat_checkpointer_num_timed_total", "Checkpoints by time."),
                            Upstream.counter("pg_stat_checkpointer_num_requested_total", "Checkpoints by request."),
                            Upstream.counter(
                                    "pg_stat_checkpointer_restartpoints_done_total", "Restartpoints of a standby."),
                            Upstream.counter(
                                    "pg_stat_checkpointer_write_time_total", "Milliseconds that checkpoints wrote."),
                            Upstream.counter(
                                    "pg_stat_checkpointer_sync_time_total", "Milliseconds that checkpoints synced."),
                            Upstream.counter(
                                    "pg_stat_checkpointer_buffers_written_total", "Buffers that checkpoints wrote."))
                    .since(17));
}
