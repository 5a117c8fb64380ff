// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.lab.junit.PostgresServerExtension;
import java.nio.file.Files;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresServerTest {

    @RegisterExtension
    static final PostgresServerExtension postgres = new PostgresServerExtension(
            PostgresServer.of(18).setting("shared_preload_libraries", "pg_stat_statements"));

    private final PostgresServer server = postgres.server();

    @Test
    void takesSettings() {
        server.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");

        assertThat(server.value("SELECT count(*) > 0 FROM pg_stat_statements")).isEqualTo("t");
    }

    @Test
    void changesSettingsWhileItRuns() {
        server.configure("work_mem", "7MB");

        assertThat(server.value("SHOW work_mem")).isEqualTo("7MB");
    }

    @Test
    void crashesAndComesBack() {
        server.execute("CREATE TABLE survivor AS SELECT 1 AS one");
        var crashed = server.pid();

        server.kill();

        assertThat(server.isRunning()).isFalse();
        assertThat(FreePort.isFree(server.port())).isTrue();

        server.start();

        assertThat(server.pid()).isNotEqualTo(crashed);
        assertThat(server.value("SELECT one FROM survivor")).isEqualTo("1");
    }

    @Test
    void stopsCleanly() {
        server.restart();

        assertThat(server.logTail()).contains("database system is shut down");
        assertThat(server.isRunning()).isTrue();
    }

    @Test
    void answersNobodyWhilePaused() throws SQLException {
        try (var connection = server.connection();
                var statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, 300);
            server.pause();

            assertThatThrownBy(() -> statement.execute("SELECT 1")).hasRootCauseMessage("Read timed out");
        } finally {
            server.resume();
        }
        assertThat(server.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void letsTheMonitorReadStatisticsOnlyAndOnlyWithItsPassword() throws SQLException {
        server.createMonitor("highwater", "it's a secret");

        try (var connection = server.connection("highwater", "it's a secret");
                var statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT count(*) FROM pg_stat_replication"))
                    .isTrue();
            assertThatThrownBy(() -> statement.execute("SELECT * FROM pg_authid"))
                    .hasMessageContaining("denied");
        }
        assertThatThrownBy(() -> server.connection("highwater", "guess")).hasMessageContaining("password");
    }

    @Test
    void saysWhyItDoesNotStart() {
        assertThatThrownBy(() ->
                        PostgresServer.of(18).setting("wal_level", "nonsense").start())
                .isInstanceOf(LabException.class)
                .hasMessageContaining("pg-1 ended with 1 while starting")
                .hasMessageContaining("invalid value for parameter \"wal_level\": \"nonsense\"");
    }

    @Test
    void leavesNothingBehind() {
        var closed = PostgresServer.of(18).name("short-lived").start();
        var family = ProcessHandle.of(closed.pid()).orElseThrow();
        var processes = family.descendants().toList();

        closed.close();
        closed.close(); // twice is no error

        assertThat(processes).isNotEmpty().allMatch(ServerProcess::isGone);
        assertThat(family.isAlive()).isFalse();
        assertThat(Files.exists(closed.dataDirectory().getParent())).isFalse();
    }
}
