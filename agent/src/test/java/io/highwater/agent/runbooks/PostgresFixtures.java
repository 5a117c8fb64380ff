// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import io.highwater.lab.Outbox;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A pair with all small troubles at once, and one whose primary dies and comes back. */
final class PostgresFixtures implements Fixtures {

    static final String PASSWORD = "correct-horse-7";

    /** That of the client programs that scripts/tools brings. */
    private static final int VERSION = 15;

    private final PostgresCluster sick =
            PostgresCluster.of(VERSION).archiving("false").start();
    private final PostgresCluster failing = PostgresCluster.of(VERSION).start();
    private final List<Connection> open = new ArrayList<>();
    private final PostgresServer oldPrimary = failing.primary();
    private final PostgresServer newPrimary = failing.standby();

    PostgresFixtures() throws SQLException {
        List.of(sick, failing).forEach(cluster -> cluster.createMonitor("highwater", PASSWORD));
        failing.primary().execute("CREATE TABLE payments (id bigint PRIMARY KEY)");
        work(sick.primary());
        open("BEGIN; LOCK TABLE ledger");
        open("BEGIN; INSERT INTO audit VALUES (1)");
        Thread.ofVirtual().start(() -> waitForTheLock(sick.primary()));
        sick.standby().execute("SELECT pg_wal_replay_pause()");
        sick.primary().execute("INSERT INTO audit VALUES (2); SELECT pg_switch_wal()");
    }

    private static void work(PostgresServer primary) {
        var outbox = Outbox.create(primary, "payment_outbox").withIndex();
        outbox.write("team-1", 20);
        Outbox.create(primary, "refund_outbox").write("team-1", 1);
        primary.execute("""
                UPDATE payment_outbox SET created_at = now() - interval '1 hour';
                UPDATE payment_outbox SET attempts = 3 WHERE id <= 2;
                CREATE TABLE payouts (id bigint PRIMARY KEY, state text, updated_at timestamptz);
                INSERT INTO payouts VALUES (1, 'claimed', now() - interval '1 hour');
                CREATE TABLE audit (id bigint PRIMARY KEY);
                CREATE TABLE ledger (id bigint PRIMARY KEY);
                GRANT SELECT ON payment_outbox, payouts TO highwater;
                GRANT SELECT ON SEQUENCE payment_outbox_id_seq TO highwater;
                SELECT pg_create_physical_replication_slot('forgotten', true);
                """);
    }

    /** A transaction that stays open. */
    private void open(String statements) throws SQLException {
        var connection = sick.primary().connection();
        open.add(connection);
        try (var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** Until somebody ends it, or the one that holds the lock. */
    private static void waitForTheLock(PostgresServer primary) {
        try {
            primary.execute("UPDATE ledger SET id = 2");
        } catch (RuntimeException e) {
            // it was in the way
        }
    }

    @Override
    public String clusters() {
        return """
                  orders-db:
                    level: L3
                    postgres:
                      nodes: { %s }
                      passwordEnv: PG_PASSWORD
                    outbox:
                      database: postgres
                      tables:
                        payments:
                          table: payment_outbox
                          processedAt: processed_at
                          notBefore: not_before
                          attempts: attempts
                          dead: attempts >= 3
                        refunds: { table: refund_outbox, processedAt: processed_at }
                      claims:
                        payouts: { table: payouts, state: state, since: updated_at, states: { claimed: { limit: 1m } } }
                  payments-db:
                    level: L3
                    postgres:
                      nodes: { %s }
                      passwordEnv: PG_PASSWORD
                """.formatted(nodes(sick), nodes(failing));
    }

    private static String nodes(PostgresCluster cluster) {
        return String.join(
                ", ",
                cluster.nodes().stream()
                        .map(node -> node.name() + ": \"127.0.0.1:" + node.port() + "\"")
                        .toList());
    }

    @Override
    public List<Fixture> all() {
        return List.of(
                Fixture.of("postgres-primary", () -> of("orders-db", sick.primary())),
                Fixture.of("postgres-standby", () -> of("orders-db", sick.standby())),
                new Fixture(
                        "postgres-standby-cut",
                        () -> {
                            failing.cut(newPrimary);
                            oldPrimary.execute("INSERT INTO payments VALUES (1)");
                        },
                        () -> of("payments-db", newPrimary)),
                new Fixture("postgres-node-down", this::killPrimary, () -> of("payments-db", oldPrimary)),
                Fixture.of("postgres-without-primary", () -> of("payments-db", newPrimary)),
                new Fixture("postgres-after-failover", this::promote, () -> of("payments-db", newPrimary)),
                new Fixture("postgres-two-primaries", oldPrimary::start, () -> of("payments-db", oldPrimary)));
    }

    private void killPrimary() {
        failing.heal(newPrimary);
        failing.awaitReplayed(newPrimary);
        oldPrimary.kill();
    }

    /** Unless a runbook has done so. */
    private void promote() {
        if (newPrimary.value("SELECT pg_is_in_recovery()").equals("t")) {
            newPrimary.promote();
        }
    }

    private Map<String, String> of(String cluster, PostgresServer server) {
        return Map.of(
                "CLUSTER",
                cluster,
                "NODE",
                server.name(),
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(server.port()),
                "PGUSER",
                "postgres",
                "PGDATABASE",
                "postgres",
                "PID",
                forgotten());
    }

    /** The session whose transaction nobody ends; empty when somebody has. */
    private String forgotten() {
        return sick.primary()
                .value("SELECT pid FROM pg_stat_activity WHERE query LIKE '%INTO audit VALUES (1)'"
                        + " AND state = 'idle in transaction'");
    }

    @Override
    public void close() {
        sick.close();
        failing.close();
    }
}
