// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Secret;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.SslMode;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The settings under which tests watch servers of the lab. */
final class WatchedCluster {

    static final String USER = "highwater";
    static final String PASSWORD = "correct horse";

    private WatchedCluster() {}

    /** All servers of a cluster, every collector at a second's interval. */
    static Watched of(PostgresCluster cluster) {
        return of(cluster.nodes().toArray(PostgresServer[]::new));
    }

    static Watched of(PostgresServer... servers) {
        var nodes = new LinkedHashMap<String, PostgresNode>();
        for (var server : servers) {
            nodes.put(server.name(), physical("127.0.0.1:" + server.port()));
        }
        return watch(settings(nodes));
    }

    static Watched watch(PostgresSettings settings) {
        return watch(settings, Duration.ofSeconds(1));
    }

    static Watched watch(PostgresSettings settings, Duration interval) {
        return Watched.by(new PostgresExporter(), "orders-db", settings, interval);
    }

    static PostgresNode physical(String address) {
        return new PostgresNode(address, PostgresNode.Replication.PHYSICAL);
    }

    static PostgresSettings settings(Map<String, PostgresNode> nodes) {
        return settings(nodes, USER, PASSWORD, Optional.empty());
    }

    static PostgresSettings settings(
            Map<String, PostgresNode> nodes,
            String user,
            String password,
            Optional<PostgresSettings.Heartbeat> heartbeat) {
        return new PostgresSettings(
                nodes,
                user,
                Optional.of(new Secret("test", () -> password)),
                "postgres",
                SslMode.PREFER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                heartbeat,
                Duration.ofMillis(200),
                3,
                5);
    }
}
