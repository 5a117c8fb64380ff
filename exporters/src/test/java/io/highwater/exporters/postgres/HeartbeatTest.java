// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.TcpProxy;
import io.highwater.lab.junit.PostgresServerExtension;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A replica that is no standby: it is written to by logical replication, and a heartbeat row tells how far it is. */
class HeartbeatTest {

    @RegisterExtension
    static final PostgresServerExtension primary =
            new PostgresServerExtension(PostgresServer.of(18).name("here").setting("wal_level", "logical"));

    @RegisterExtension
    static final PostgresServerExtension replica =
            new PostgresServerExtension(PostgresServer.of(18).name("there"));

    @BeforeAll
    static void prepare() {
        for (var server : new PostgresServer[] {primary.server(), replica.server()}) {
            server.createMonitor(WatchedCluster.USER, WatchedCluster.PASSWORD);
            server.execute("CREATE TABLE heartbeat (id int PRIMARY KEY, written_at timestamptz NOT NULL)");
            server.execute("GRANT SELECT ON heartbeat TO highwater");
        }
        primary.server().execute("INSERT INTO heartbeat VALUES (1, now())");
        primary.server().execute("CREATE PUBLICATION heartbeats FOR TABLE heartbeat");
    }

    @Test
    void aLogicalReplicaIsBehindByTheDifferenceOfTheHeartbeats() {
        try (var link = new TcpProxy(primary.server().port())) {
            replica.server()
                    .execute(
                            "CREATE SUBSCRIPTION heartbeats CONNECTION 'host=127.0.0.1 port=%d user=postgres dbname=postgres'"
                                            .formatted(link.port())
                                    + " PUBLICATION heartbeats");
            try (var watched = watch("public.heartbeat")) {
                await().until(() -> {
                    beat();
                    return watched.value("pg_heartbeat_lag_seconds", "node", "there")
                                    .orElse(9)
                            < 1;
                });
                // It takes writes, yet it is no second primary.
                assertThat(watched.value("ha_primary_count")).hasValue(1);
                assertThat(watched.value("ha_role_info", "node", "there", "role", "logical"))
                        .hasValue(1);

                link.mode(TcpProxy.Mode.FREEZE);
                await().until(() -> {
                    beat();
                    return watched.value("pg_heartbeat_lag_seconds", "node", "there")
                                    .orElse(0)
                            > 2;
                });
                assertThat(watched.value("pg_heartbeat_lag_seconds", "node", "here"))
                        .hasValue(0);

                link.mode(TcpProxy.Mode.CUT);
                link.mode(TcpProxy.Mode.FORWARD);
                await().until(() -> {
                    beat();
                    return watched.value("pg_heartbeat_lag_seconds", "node", "there")
                                    .orElse(9)
                            < 1;
                });
            } finally {
                link.mode(TcpProxy.Mode.CUT);
                replica.server().execute("ALTER SUBSCRIPTION heartbeats DISABLE");
                replica.server().execute("ALTER SUBSCRIPTION heartbeats SET (slot_name = NONE)");
                replica.server().execute("DROP SUBSCRIPTION heartbeats");
            }
        }
    }

    @Test
    void aStatementThatHangsDelaysNoOtherCollector() {
        primary.server().execute("CREATE VIEW hanging AS SELECT now() AS written_at FROM pg_sleep(60)");
        primary.server().execute("GRANT SELECT ON hanging TO highwater");
        try (var watched = watch("public.hanging")) {
            await().until(() -> watched.outcome("here", "heartbeat")
                    .filter(outcome ->
                            outcome instanceof Outcome.Failed(Reason reason, String _) && reason == Reason.TIMEOUT)
                    .isPresent());
            int pulses = watched.runs("here", "replication");
            int skips = watched.skips("here", "replication");
            int databases = watched.runs("here", "databases");
            await().until(() -> watched.runs("here", "databases") >= databases + 3
                    && watched.runs("here", "replication") >= pulses + 3);
            assertThat(watched.skips("here", "replication")).isEqualTo(skips);
            assertThat(watched.value("pg_up", "node", "here")).hasValue(1);
            assertThat(watched.page()).contains("pg_stat_database_xact_commit{cluster=\"orders-db\",node=\"here\"");
        }
    }

    private static void beat() {
        primary.server().execute("UPDATE heartbeat SET written_at = clock_timestamp()");
    }

    private static Watched watch(String table) {
        var nodes = new LinkedHashMap<String, PostgresNode>();
        nodes.put(
                "here", WatchedCluster.physical("127.0.0.1:" + primary.server().port()));
        nodes.put("there", new PostgresNode("127.0.0.1:" + replica.server().port(), PostgresNode.Replication.LOGICAL));
        return WatchedCluster.watch(
                WatchedCluster.settings(
                        nodes,
                        WatchedCluster.USER,
                        WatchedCluster.PASSWORD,
                        Optional.of(new PostgresSettings.Heartbeat(table, "written_at"))),
                Duration.ofSeconds(2));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }
}
