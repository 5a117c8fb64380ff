// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.core.Secret;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.PostgresServers;
import io.highwater.exporters.client.postgres.SslMode;
import io.highwater.lab.PostgresServer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The settings under which tests watch tables of work on servers of the lab. */
final class WatchedTables {

    static final String USER = "highwater";
    static final String PASSWORD = "correct horse";
    static final Duration INTERVAL = Duration.ofMillis(200);

    private WatchedTables() {}

    /** A role that may log in, and what docs/backends/outbox.md grants for a table. */
    static void createRole(PostgresServer server) {
        server.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
    }

    static void grant(PostgresServer server, String table) {
        server.execute(
                "GRANT SELECT (created_at, processed_at, attempts, not_before, team) ON " + table + " TO " + USER);
        server.execute("GRANT SELECT ON SEQUENCE " + table + "_id_seq TO " + USER);
    }

    static Watched watch(OutboxSettings settings) {
        return watch(settings, INTERVAL);
    }

    static Watched watch(OutboxSettings settings, Duration interval) {
        return Watched.by(new OutboxExporter(), "orders-db", settings, interval);
    }

    static Watched watch(PostgresServer server, Map<String, OutboxTable> tables) {
        return watch(settings(List.of(server), tables, Map.of()));
    }

    static OutboxSettings settings(
            Collection<PostgresServer> servers, Map<String, OutboxTable> tables, Map<String, ClaimTable> claims) {
        var nodes = new LinkedHashMap<String, PostgresNode>();
        servers.forEach(server -> nodes.put(
                server.name(), new PostgresNode("127.0.0.1:" + server.port(), PostgresNode.Replication.PHYSICAL)));
        return new OutboxSettings(servers(nodes), Optional.empty(), tables, claims);
    }

    static PostgresServers servers(Map<String, PostgresNode> nodes) {
        return new PostgresServers(
                nodes,
                USER,
                Optional.of(new Secret("test", () -> PASSWORD)),
                "postgres",
                SslMode.PREFER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What the lab's outboxes are like. */
    static OutboxTable outbox(String table) {
        return outbox(table, 10_000);
    }

    static OutboxTable outbox(String table, int cap) {
        return new OutboxTable(
                table,
                "created_at",
                Optional.of("processed_at"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("attempts"),
                Optional.of("not_before"),
                Optional.of("team"),
                Optional.of("attempts >= 3"),
                Optional.empty(),
                "UTC",
                cap,
                3,
                Optional.empty());
    }

    /** The same, with a channel. */
    static OutboxTable waking(OutboxTable of, String channel) {
        return new OutboxTable(
                of.table(),
                of.createdAt(),
                of.processedAt(),
                of.processed(),
                of.pending(),
                of.attempts(),
                of.notBefore(),
                of.partitionKey(),
                of.dead(),
                of.deadLetterTable(),
                of.timeZone(),
                of.cap(),
                of.topKeys(),
                Optional.of(channel));
    }

    /** A table with created_at, of which nothing more is known than what is pending. */
    static OutboxTable plain(
            String table, Optional<String> processed, Optional<String> pending, Optional<String> deadLetterTable) {
        return new OutboxTable(
                table,
                "created_at",
                Optional.empty(),
                processed,
                pending,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                deadLetterTable,
                "UTC",
                100,
                3,
                Optional.empty());
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
