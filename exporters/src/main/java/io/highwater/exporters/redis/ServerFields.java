// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.core.Family.Kind.COUNTER;
import static io.highwater.core.Family.Kind.GAUGE;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import io.highwater.exporters.client.redis.Fields;
import java.util.List;

/** The fields of INFO that are samples as they stand, with redis_exporter's names. */
final class ServerFields {

    /**
     * One field.
     *
     * @param name in INFO
     * @param status whether it is a word, {@code ok} or another
     */
    private record Field(String name, Family family, boolean status) {}

    private static final List<Field> FIELDS = List.of(
            gauge("uptime_in_seconds", "redis_uptime_in_seconds", "Seconds since the server's start."),
            gauge("connected_clients", "redis_connected_clients", "Clients that are connected."),
            gauge("blocked_clients", "redis_blocked_clients", "Clients that wait in a blocking command."),
            gauge("maxclients", "redis_max_clients", "How many clients may be connected."),
            gauge("used_memory", "redis_memory_used_bytes", "Memory that the server has allocated."),
            gauge("used_memory_rss", "redis_memory_used_rss_bytes", "Memory of the process as the machine sees it."),
            gauge("used_memory_peak", "redis_memory_used_peak_bytes", "The most that was allocated so far."),
            gauge("maxmemory", "redis_memory_max_bytes", "The setting maxmemory; 0 is no limit."),
            gauge("total_system_memory", "redis_total_system_memory_bytes", "Memory of the machine."),
            gauge("mem_fragmentation_ratio", "redis_mem_fragmentation_ratio", "Resident memory to allocated memory."),
            gauge("loading", "redis_loading_dump_file", "1 while the server loads its data and serves nobody."),
            gauge("rdb_changes_since_last_save", "redis_rdb_changes_since_last_save", "Changes since the last dump."),
            gauge("rdb_bgsave_in_progress", "redis_rdb_bgsave_in_progress", "Whether a dump is being written."),
            gauge(
                    "rdb_last_save_time",
                    "redis_rdb_last_save_timestamp_seconds",
                    "When the last dump was written; the server's start when none was."),
            gauge("rdb_last_bgsave_time_sec", "redis_rdb_last_bgsave_duration_sec", "How long the last dump took."),
            status("rdb_last_bgsave_status", "redis_rdb_last_bgsave_status", "Whether the last dump was written."),
            gauge("aof_enabled", "redis_aof_enabled", "Whether the append-only file is on."),
            gauge("aof_rewrite_in_progress", "redis_aof_rewrite_in_progress", "Whether it is being rewritten."),
            gauge("aof_current_size", "redis_aof_current_size_bytes", "Size of the append-only file."),
            status("aof_last_write_status", "redis_aof_last_write_status", "Whether the last write to it succeeded."),
            status("aof_last_bgrewrite_status", "redis_aof_last_bgrewrite_status", "Whether its last rewrite did."),
            gauge("aof_delayed_fsync", "redis_aof_delayed_fsync", "How often a write had to wait for its fsync."),
            gauge("latest_fork_usec", "redis_latest_fork_usec", "Microseconds that the last fork took."),
            gauge("connected_slaves", "redis_connected_slaves", "Replicas that have a connection here."),
            gauge(
                    "master_repl_offset",
                    "redis_master_repl_offset",
                    "Offset in the replication stream that the server writes, or relays."),
            gauge("repl_backlog_size", "redis_replication_backlog_bytes", "Size of the replication backlog."),
            gauge("repl_backlog_active", "redis_repl_backlog_is_active", "Whether there is a replication backlog."),
            gauge("repl_backlog_histlen", "redis_repl_backlog_history_bytes", "Bytes in the replication backlog."),
            gauge("slave_priority", "redis_slave_priority", "Lower is preferred in a failover; 0 is never."),
            gauge("sync_full", "redis_replica_resyncs_full", "Whole copies that were sent to replicas."),
            gauge(
                    "sync_partial_ok",
                    "redis_replica_partial_resync_accepted",
                    "Replicas that could go on where they had stopped."),
            gauge(
                    "sync_partial_err",
                    "redis_replica_partial_resync_denied",
                    "Replicas that could not, since the backlog was too small or the history another."),
            counter("total_connections_received", "redis_connections_received_total", "Connections accepted."),
            counter("total_commands_processed", "redis_commands_processed_total", "Commands processed."),
            counter("rejected_connections", "redis_rejected_connections_total", "Connections above maxclients."),
            counter("total_net_input_bytes", "redis_net_input_bytes_total", "Bytes received."),
            counter("total_net_output_bytes", "redis_net_output_bytes_total", "Bytes sent."),
            counter("expired_keys", "redis_expired_keys_total", "Keys that expired."),
            counter("evicted_keys", "redis_evicted_keys_total", "Keys that were evicted for want of memory."),
            counter("keyspace_hits", "redis_keyspace_hits_total", "Lookups of keys that were there."),
            counter("keyspace_misses", "redis_keyspace_misses_total", "Lookups of keys that were not."),
            counter("used_cpu_sys", "redis_cpu_sys_seconds_total", "CPU time in the system."),
            counter("used_cpu_user", "redis_cpu_user_seconds_total", "CPU time of the server itself."));

    static final List<Family> FAMILIES = FIELDS.stream().map(Field::family).toList();

    private ServerFields() {}

    private static Field gauge(String name, String family, String help) {
        return new Field(name, Family.compatible(family, GAUGE, help).from("INFO " + name), false);
    }

    private static Field counter(String name, String family, String help) {
        return new Field(name, Family.compatible(family, COUNTER, help).from("INFO " + name), false);
    }

    private static Field status(String name, String family, String help) {
        return new Field(name, Family.compatible(family, GAUGE, help).from("INFO " + name), true);
    }

    /** Adds what the server says; what it does not, or of which it says -1, stays absent. */
    static void add(Fields info, Samples out) {
        for (var field : FIELDS) {
            if (!field.status) {
                info.number(field.name).ifPresent(value -> out.add(field.family, value));
            } else if (!info.text(field.name).isEmpty()) {
                out.add(field.family, info.text(field.name).equals("ok"));
            }
        }
    }
}
