// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Secret;
import io.highwater.exporters.Watched;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The exporter at work on real servers. */
final class WatchedCluster extends Watched {

    static final String USER = "highwater";
    static final String PASSWORD = "correct horse";

    private WatchedCluster(PostgresSettings settings, Duration interval) {
        super("orders-db", new PostgresExporter(), settings, interval);
    }

    /** All servers of a cluster, every collector at a second's interval. */
    static WatchedCluster of(PostgresCluster cluster) {
        return of(cluster.nodes().toArray(PostgresServer[]::new));
    }

    static WatchedCluster of(PostgresServer... servers) {
        var nodes = new LinkedHashMap<String, PostgresSettings.Node>();
        for (var server : servers) {
            nodes.put(server.name(), physical("127.0.0.1:" + server.port()));
        }
        return watch(settings(nodes));
    }

    static WatchedCluster watch(PostgresSettings settings) {
        return watch(settings, Duration.ofSeconds(1));
    }

    static WatchedCluster watch(PostgresSettings settings, Duration interval) {
        return new WatchedCluster(settings, interval);
    }

    static PostgresSettings.Node physical(String address) {
        return new PostgresSettings.Node(address, PostgresSettings.Replication.PHYSICAL);
    }

    static PostgresSettings settings(Map<String, PostgresSettings.Node> nodes) {
        return settings(nodes, USER, PASSWORD, Optional.empty());
    }

    static PostgresSettings settings(
            Map<String, PostgresSettings.Node> nodes,
            String user,
            String password,
            Optional<PostgresSettings.Heartbeat> heartbeat) {
        return new PostgresSettings(
                nodes,
                user,
                Optional.of(new Secret("test", () -> password)),
                "postgres",
                PostgresSettings.SslMode.PREFER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                heartbeat,
                Duration.ofMillis(200),
                3,
                5);
    }
}
