// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.PostgresLink;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostilePostgres;
import io.highwater.lab.HostileServer;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.junit.PostgresClusterExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that hang, refuse, lie, die, or are in need themselves. */
class HostileServersTest {

    @RegisterExtension
    static final PostgresClusterExtension lab = new PostgresClusterExtension(PostgresCluster.of(18)
            .setting("shared_preload_libraries", "pg_stat_statements")
            .setting("max_connections", "20"));

    @BeforeAll
    static void prepare() {
        lab.cluster().createMonitor(WatchedCluster.USER, WatchedCluster.PASSWORD);
        lab.primary().execute("CREATE EXTENSION pg_stat_statements");
    }

    @Test
    void aServerThatAcceptsAndSaysNothingIsATimeout() {
        try (var server = HostileServer.silent();
                var watched = watch(server.port())) {
            await().until(() -> reason(watched).equals(Optional.of(Reason.TIMEOUT)));
            assertThat(watched.value("pg_up")).hasValue(0);
        }
    }

    @Test
    void aClosedPortIsRefused() {
        try (var watched = watch(FreePort.next())) {
            await().until(() -> reason(watched).equals(Optional.of(Reason.REFUSED)));
            assertThat(watched.value("pg_up")).hasValue(0);
        }
    }

    @Test
    void garbageIsAProtocolFailure() {
        try (var server = HostileServer.garbage();
                var watched = watch(server.port())) {
            await().until(() -> reason(watched).equals(Optional.of(Reason.PROTOCOL)));
            assertThat(watched.value("pg_up")).hasValue(0);
        }
    }

    @Test
    void aServerThatDiesInTheMiddleOfItsReplyIsAFailure() {
        try (var server = HostilePostgres.dyingInReply();
                var watched = watch(server.port())) {
            await().until(() -> reason(watched).isPresent());
            assertThat(watched.value("pg_up")).hasValue(0);
            assertThat(watched.page()).doesNotContain("pg_replication");
        }
    }

    @Test
    void aWrongPasswordIsToldAndNotRepeatedEverySecond() {
        var node = WatchedCluster.physical("127.0.0.1:" + lab.primary().port());
        var settings = WatchedCluster.settings(Map.of("pg-1", node), WatchedCluster.USER, "wrong", Optional.empty());
        try (var watched = WatchedCluster.watch(settings, Duration.ofMillis(100))) {
            await().until(() -> watched.skips("pg-1", "replication") > 3);
            assertThat(reason(watched)).contains(Reason.AUTH);
        }
    }

    @Test
    void aRoleWithoutRightsGetsWhatItMaySeeAndIsToldTheRest() {
        lab.primary().execute("CREATE ROLE bystander LOGIN PASSWORD 'correct horse'");
        var node = WatchedCluster.physical("127.0.0.1:" + lab.primary().port());
        var settings =
                WatchedCluster.settings(Map.of("pg-1", node), "bystander", WatchedCluster.PASSWORD, Optional.empty());
        try (var watched = WatchedCluster.watch(settings, Duration.ofSeconds(1))) {
            await().until(() -> watched.store().complete());
            assertThat(watched.value("pg_up")).hasValue(1);
            assertThat(watched.value("pg_replication_is_replica")).hasValue(0);
            assertThat(watched.value("pg_stat_archiver_failed_count")).isEmpty();
            assertThat(watched.value("pg_slow_queries_total")).isPresent();
            assertThat(watched.outcome("pg-1", "wal"))
                    .hasValueSatisfying(outcome -> assertThat(((Outcome.Collected) outcome).notes())
                            .singleElement()
                            .asString()
                            .contains("permission denied for function pg_ls_waldir"));
        }
    }

    @Test
    void aFullServerIsRefusedAndConnectionsComeBackWhenItHasRoom() throws SQLException {
        try (var watched = watch(lab.primary().port())) {
            await().until(() -> watched.value("pg_up").orElse(0) == 1);
            var crowd = new ArrayList<Connection>();
            try {
                lab.primary()
                        .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE usename = 'highwater'");
                fill(crowd);
                await().until(() -> reason(watched).equals(Optional.of(Reason.REFUSED)));
                assertThat(watched.value("pg_up")).hasValue(0);
            } finally {
                for (var one : crowd) {
                    one.close();
                }
            }
            await().until(() -> watched.value("pg_up").orElse(0) == 1);
        }
    }

    private static void fill(List<Connection> crowd) {
        try {
            while (true) {
                crowd.add(lab.primary().connection());
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("53300");
        }
    }

    @Test
    void twoConnectionsAreAllThatATargetEverHas() {
        try (var watched = watch(lab.primary().port())) {
            for (int run = 1; run < 20; run++) {
                int wanted = run;
                await().until(() -> watched.runs("pg-1", "statements") >= wanted);
                assertThat(lab.primary()
                                .value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'highwater'"))
                        .isIn("1", "2");
            }
        }
    }

    @Test
    void aQueueBehindAnAlterTableStopsNothing() throws SQLException {
        lab.primary().execute("CREATE TABLE locked (id int)");
        try (var connection = lab.primary().connection();
                var watched = watch(lab.primary().port())) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("ALTER TABLE locked ADD COLUMN more int");
            await().until(() -> watched.store().complete());
            int before = watched.runs("pg-1", "tables");
            await().until(() -> watched.runs("pg-1", "tables") > before + 5);
            for (var slot : watched.store().slots()) {
                assertThat(slot.latest().orElseThrow().outcome())
                        .as("%s", slot.collector())
                        .isInstanceOf(Outcome.Collected.class);
            }
            connection.rollback();
        }
    }

    @Test
    void aHungStatementHoldsUpNeitherThePulseNorItsOwnSuccessors() throws SQLException {
        try (var connection = lab.primary().connection()) {
            connection.setAutoCommit(false);
            // The statements collector reads this view; what it stands for now waits until the statement is canceled.
            connection.createStatement().execute("LOCK TABLE pg_catalog.pg_stat_archiver IN ACCESS EXCLUSIVE MODE");
            try (var watched = watch(lab.primary().port())) {
                await().until(() -> watched.outcome("pg-1", "archiver").isPresent()
                        && watched.outcome("pg-1", "archiver").get() instanceof Outcome.Failed(Reason reason, String _)
                        && reason == Reason.TIMEOUT);
                int pulses = watched.runs("pg-1", "replication");
                int failures = watched.runs("pg-1", "archiver");
                await().until(() -> watched.runs("pg-1", "archiver") >= failures + 3);
                assertThat(watched.skips("pg-1", "replication")).isZero();
                assertThat(watched.runs("pg-1", "replication")).isGreaterThan(pulses + 3);
                assertThat(watched.outcome("pg-1", "databases").orElseThrow()).isInstanceOf(Outcome.Collected.class);
                assertThat(watched.value("pg_up")).hasValue(1);
            }
            connection.rollback();
        }
    }

    @Test
    void aStatementThatHangsInTheMiddleOfItsReplyIsATimeout() {
        try (var server = HostilePostgres.hangingInReply();
                var watched = watch(server.port())) {
            await().until(() -> reason(watched).equals(Optional.of(Reason.TIMEOUT)));
            assertThat(watched.value("pg_up")).hasValue(0);
        }
    }

    @Test
    void aSessionIsReadOnlyAndHasItsTimeoutsOnTheServer() throws SQLException {
        var node = WatchedCluster.physical("127.0.0.1:" + lab.primary().port());
        var settings = WatchedCluster.settings(Map.of("pg-1", node));
        try (var connection = new PostgresLink(settings.servers(), "pg-1").connect(Duration.ofSeconds(2));
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT string_agg(name || '=' || current_setting(name), ' ' ORDER BY name)"
                                + " FROM pg_settings WHERE name IN ('default_transaction_read_only', 'lock_timeout',"
                                + " 'statement_timeout', 'idle_in_transaction_session_timeout')")) {
            row.next();
            assertThat(row.getString(1))
                    .isEqualTo("default_transaction_read_only=on idle_in_transaction_session_timeout=10s"
                            + " lock_timeout=500ms statement_timeout=1600ms");
        }
    }

    private static Optional<Reason> reason(Watched watched) {
        return watched.outcome("pg-1", "replication")
                .flatMap(outcome -> outcome instanceof Outcome.Failed(Reason reason, String _)
                        ? Optional.of(reason)
                        : Optional.empty());
    }

    private static Watched watch(int port) {
        var node = WatchedCluster.physical("127.0.0.1:" + port);
        return WatchedCluster.watch(WatchedCluster.settings(Map.of("pg-1", node)), Duration.ofMillis(500));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
