// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Secret;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.PostgresServers;
import io.highwater.exporters.client.postgres.SslMode;
import io.highwater.exporters.client.redis.RedisServers;
import io.highwater.lab.PostgresServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings under which tests watch tables of jobs on servers of the lab. */
final class WatchedJobTables {

    static final String USER = "highwater";
    static final List<String> NONE = List.of();
    static final List<String> ALL = List.of("*");

    private WatchedJobTables() {}

    static JobTable of(JobLibrary library, Optional<String> schema) {
        return new JobTable(
                Optional.of(library),
                schema,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NONE,
                NONE,
                NONE,
                NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ALL,
                "UTC",
                10_000);
    }

    /** A table whose rows are all jobs that wait. */
    static JobTable plain(String table, int cap) {
        return states(table, Optional.empty(), NONE, Optional.empty(), cap);
    }

    /** A table with a condition, or with words in a column, of those that wait. */
    static JobTable states(
            String table, Optional<String> state, List<String> waiting, Optional<String> queue, int cap) {
        return new JobTable(
                Optional.empty(),
                Optional.empty(),
                Optional.of(table),
                queue,
                state,
                waiting,
                NONE,
                NONE,
                NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ALL,
                "UTC",
                cap);
    }

    static QueuesSettings settings(Map<String, JobTable> tables, PostgresServer... servers) {
        return settings(Optional.empty(), NONE, tables, servers);
    }

    static QueuesSettings settings(
            Optional<RedisServers> redis, List<String> lists, Map<String, JobTable> tables, PostgresServer... servers) {
        var nodes = new LinkedHashMap<String, PostgresNode>();
        for (var server : servers) {
            nodes.put(server.name(), new PostgresNode("127.0.0.1:" + server.port(), PostgresNode.Replication.PHYSICAL));
        }
        return settings(redis, lists, tables, nodes);
    }

    static QueuesSettings settings(
            Optional<RedisServers> redis,
            List<String> lists,
            Map<String, JobTable> tables,
            Map<String, PostgresNode> nodes) {
        var postgres = new PostgresServers(
                nodes.isEmpty()
                        ? Map.of("none", new PostgresNode("127.0.0.1:1", PostgresNode.Replication.PHYSICAL))
                        : nodes,
                USER,
                Optional.of(new Secret("test", () -> "PASSWORD")),
                "postgres",
                SslMode.PREFER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new QueuesSettings(
                redis,
                nodes.isEmpty() ? Optional.empty() : Optional.of(postgres),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                lists.isEmpty()
                        ? List.of()
                        : List.of(new QueuesSettings.Elements(lists, QueuesSettings.End.RIGHT, Optional.empty())),
                List.of(),
                List.of(),
                tables,
                List.of("*ignored*"),
                1000);
    }
}
