// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.core.Family.Kind.COUNTER;
import static io.highwater.core.Family.Kind.GAUGE;
import static io.highwater.core.Family.Kind.INFO;
import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import java.util.List;
import java.util.stream.Stream;

/** What one server tells of itself with each pulse, but for {@link ServerFields}. */
final class ServerFamilies {

    static final Family UP = compatible("redis_up", GAUGE, "Whether the server or Sentinel answers.")
            .from("outcome of the state collector");

    static final Family INSTANCE = compatible("redis_instance_info", INFO, "What the server is.")
            .from("INFO")
            .by("role", "redis_version", "redis_mode", "maxmemory_policy", "server_name", "server_version");
    static final Family DB_KEYS = compatible("redis_db_keys", GAUGE, "Keys in the database.")
            .from("INFO keyspace")
            .by("db");
    static final Family DB_KEYS_EXPIRING = compatible("redis_db_keys_expiring", GAUGE, "Keys that will expire.")
            .from("INFO keyspace")
            .by("db");
    static final Family ERRORS = compatible(
                    "redis_errors_total",
                    COUNTER,
                    "Error replies by their first word; OOM, MISCONF, NOREPLICAS are writes refused.")
            .from("INFO errorstats")
            .by("err");

    static final Family REPLICA_OFFSET = compatible(
                    "redis_connected_slave_offset_bytes",
                    GAUGE,
                    "Offset that the replica acknowledged last, as the master heard it.")
            .from("INFO slave0 and others")
            .by("slave_ip", "slave_port", "slave_state");
    static final Family REPLICA_ACK_AGE = compatible(
                    "redis_connected_slave_lag_seconds",
                    GAUGE,
                    "Age of the replica's last acknowledgement: whether it lives, not how old its data is.")
            .from("INFO slave0 and others")
            .by("slave_ip", "slave_port", "slave_state");
    static final Family LINK_UP = ofReplica("redis_master_link_up", "Whether the replica takes its link for alive.");
    static final Family LINK_SILENCE =
            ofReplica("redis_master_last_io_seconds_ago", "Seconds since the replica heard from its master.");
    static final Family SYNCING =
            ofReplica("redis_master_sync_in_progress", "Whether the replica gets a whole copy now.");
    static final Family SLAVE_OFFSET =
            ofReplica("redis_slave_repl_offset", "Offset in its master's stream that the replica has applied.");
    static final Family SLAVE_INFO = compatible("redis_slave_info", INFO, "Whom the replica follows.")
            .from("INFO replication")
            .by("master_host", "master_port", "read_only");
    static final Family LINK_DOWN = gauge(
                    "redis_master_link_down_seconds", "How long the replica has been without its master.")
            .from("INFO master_link_down_since_seconds");

    static final Family MEMORY_RATIO = gauge(
                    "redis_memory_used_ratio",
                    "Memory that counts against maxmemory, to it; without one, resident memory to the machine's.")
            .from("INFO used_memory, mem_not_counted_for_evict, maxmemory; used_memory_rss, total_system_memory")
            .by("limit");
    static final Family POLICY_SAFE = gauge(
                    "redis_eviction_policy_safe",
                    "Whether the eviction policy fits the purpose: a queue must not evict, a cache with a limit must.")
            .from("INFO maxmemory_policy, maxmemory; purpose in the configuration");
    static final Family UNSAVED = gauge(
                    "redis_rdb_unsaved_seconds",
                    "Age of the last dump while there are changes since; 0 when there are none.")
            .from("INFO rdb_changes_since_last_save, rdb_last_save_time, by the server's clock");

    static final List<Family> CLUSTER = Stream.of(
                    "state", "slots_assigned", "slots_ok", "slots_pfail", "slots_fail", "known_nodes", "size")
            .map(field -> compatible(
                            "redis_cluster_" + field,
                            GAUGE,
                            field.equals("state")
                                    ? "Whether the server takes the Redis Cluster for working."
                                    : "What the server says of its Redis Cluster: " + field + ".")
                    .from("CLUSTER INFO cluster_" + field))
            .toList();

    static final List<Family> ALL = Stream.of(
                    ServerFields.FAMILIES.stream(),
                    Stream.of(
                            INSTANCE,
                            DB_KEYS,
                            DB_KEYS_EXPIRING,
                            ERRORS,
                            REPLICA_OFFSET,
                            REPLICA_ACK_AGE,
                            LINK_UP,
                            LINK_SILENCE,
                            SYNCING,
                            SLAVE_OFFSET,
                            SLAVE_INFO,
                            LINK_DOWN,
                            MEMORY_RATIO,
                            POLICY_SAFE,
                            UNSAVED),
                    CLUSTER.stream())
            .flatMap(of -> of)
            .toList();

    private ServerFamilies() {}

    private static Family ofReplica(String name, String help) {
        return compatible(name, GAUGE, help).from("INFO replication").by("master_host", "master_port");
    }
}
