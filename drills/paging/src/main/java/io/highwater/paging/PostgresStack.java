// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.joining;

import io.highwater.lab.Outbox;
import io.highwater.lab.OutboxWorker;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A Postgres primary with two standbys, a client that writes, and an outbox with a worker. */
final class PostgresStack implements Stack {

    private static final int MAJOR = 18;
    private static final String USER = "highwater";
    static final String PASSWORD = "of a drill";
    private static final String APP = "app";
    private static final int WRITES_PER_SECOND = 20;

    private final PostgresCluster servers = PostgresCluster.of(MAJOR)
            .standbys(2)
            .setting("max_connections", "40")
            .start();
    private final Writer writer;
    private final Outbox outbox;
    private final OutboxWorker worker;
    private final List<Connection> crowd = new ArrayList<>();

    PostgresStack() {
        servers.createMonitor(USER, PASSWORD);
        var primary = servers.primary();
        primary.createMonitor(APP, PASSWORD);
        writer = Writer.start(primary, "orders", WRITES_PER_SECOND);
        outbox = Outbox.create(primary, "payment_outbox").withIndex();
        primary.execute("GRANT SELECT ON payment_outbox TO " + USER);
        primary.execute("GRANT SELECT ON SEQUENCE payment_outbox_id_seq TO " + USER);
        outbox.produce(WRITES_PER_SECOND);
        worker = OutboxWorker.start(outbox);
    }

    PostgresCluster servers() {
        return servers;
    }

    OutboxWorker worker() {
        return worker;
    }

    /** Makes the first standby the primary, to which clients and the other standby go. */
    void failOver() {
        var next = servers.standby();
        servers.promote(next);
        writer.target(next);
        outbox.target(next);
        servers.standbys().stream()
                .filter(PostgresServer::isRunning)
                .forEach(standby -> servers.rebuild(standby, next));
        servers.awaitStreaming();
    }

    /** Makes the first standby a primary beside the one that clients have. */
    void partTheData() {
        servers.promote(servers.standby());
    }

    /** Every other server is made anew from the primary. */
    void rebuildOthers() {
        var primary = servers.primary();
        writer.target(primary);
        outbox.target(primary);
        servers.standbys().forEach(other -> servers.rebuild(other, primary));
        servers.awaitStreaming();
    }

    /** Connects as an application until it is refused. */
    void takeAllConnections() {
        try {
            while (true) {
                crowd.add(servers.primary().connection(APP, PASSWORD));
            }
        } catch (SQLException e) {
            // that was the last
        }
    }

    void giveConnectionsBack() {
        for (var connection : crowd) {
            try {
                connection.close();
            } catch (SQLException e) {
                // it is gone
            }
        }
        crowd.clear();
    }

    @Override
    public List<String> components() {
        var nodes = servers.nodes().stream()
                .map(node -> node.name() + ": \"127.0.0.1:" + node.port() + "\"")
                .sorted()
                .collect(joining(", "));
        return List.of(
                "postgres: { nodes: { " + nodes + " }, user: " + USER + ", passwordEnv: DRILL_POSTGRES }",
                "outbox:",
                "  tables:",
                "    payments: { table: payment_outbox, processedAt: processed_at, notBefore: not_before }");
    }

    @Override
    public void close() {
        giveConnectionsBack();
        worker.close();
        outbox.close();
        writer.close();
        servers.close();
    }
}
