// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a {@link QueueProgram} keeps its jobs.
 *
 * @param settings as the programs' scripts take them
 */
public record QueueStore(Map<String, Object> settings) {

    private static final String HOST = "127.0.0.1";

    public QueueStore {
        settings = Map.copyOf(settings);
    }

    public static QueueStore redis(RedisServer server) {
        return new QueueStore(address(server.port()));
    }

    /** The master that the set's Sentinels name; without Sentinels the one it has now. */
    public static QueueStore redis(RedisSet set) {
        if (set.sentinels().isEmpty()) {
            return redis(set.master());
        }
        var sentinels = set.sentinels().stream().map(one -> address(one.port())).toList();
        return new QueueStore(Map.of("sentinels", sentinels, "name", RedisSet.MASTER_NAME));
    }

    /** A Redis Cluster, found through some of its servers. The prefix has to be a hash tag. */
    public static QueueStore redisCluster(List<RedisServer> servers) {
        return new QueueStore(Map.of(
                "nodes", servers.stream().map(server -> address(server.port())).toList()));
    }

    /** The database postgres of a server; of the libraries here only BullMQ 6 and pg-boss can use it. It has no prefix. */
    public static QueueStore postgres(PostgresServer server) {
        var connection = new LinkedHashMap<>(address(server.port()));
        connection.put("user", Superuser.NAME);
        connection.put("database", "postgres");
        return new QueueStore(Map.of("postgres", connection));
    }

    /** With another prefix of all keys than the library's own. */
    public QueueStore prefix(String prefix) {
        var changed = new LinkedHashMap<>(settings);
        changed.put("prefix", prefix);
        return new QueueStore(changed);
    }

    private static Map<String, Object> address(int port) {
        return Map.of("host", HOST, "port", port);
    }
}
