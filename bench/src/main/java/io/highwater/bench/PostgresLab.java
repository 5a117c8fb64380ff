// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A primary with a standby, and ten servers that misbehave. Orders: pause, resume (the primary), freeze, statements. */
final class PostgresLab implements Lab {

    /** Roles of their own, so that the database tells whose statement ran. */
    private static final List<String> ROLES = List.of("highwater", "postgres_exporter");

    private static final String PASSWORD = "lab-only";
    private static final int TABLES = 50;
    private static final int WIDE_TABLES = 750;

    private final PostgresCluster cluster;
    private final BrokenServers broken;

    private PostgresLab(PostgresCluster cluster, BrokenServers broken) {
        this.cluster = cluster;
        this.broken = broken;
    }

    static PostgresLab start(int major) throws SQLException {
        var cluster = PostgresCluster.of(major)
                .setting("shared_preload_libraries", "pg_stat_statements")
                .start(); // which the JVM's end stops when what follows fails
        fill(cluster.primary());
        cluster.awaitReplayed(cluster.standby());
        return new PostgresLab(cluster, BrokenServers.start(cluster.primary().port()));
    }

    private static void fill(PostgresServer primary) throws SQLException {
        for (var role : ROLES) {
            primary.createMonitor(role, PASSWORD);
        }
        primary.execute("CREATE EXTENSION pg_stat_statements");
        createTables(primary, "postgres", TABLES);
        primary.execute("CREATE DATABASE wide");
        createTables(primary, "wide", WIDE_TABLES);
    }

    private static void createTables(PostgresServer primary, String database, int count) throws SQLException {
        try (var connection = DriverManager.getConnection(primary.jdbcUrl(database), "postgres", "");
                var statement = connection.createStatement()) {
            for (int i = 0; i < count; i++) {
                statement.execute("CREATE TABLE orders_" + i + " AS SELECT g AS id, 'order ' || g AS name"
                        + " FROM generate_series(1, 10) g");
                statement.execute("ALTER TABLE orders_" + i + " ADD PRIMARY KEY (id)");
            }
            statement.execute("VACUUM ANALYZE");
        }
    }

    @Override
    public String describe() {
        var primary = cluster.primary();
        var standby = cluster.standby();
        return "{\"version\": \"%s\", \"password\": \"%s\", \"ports\": [%d, %d], \"pids\": [%d, %d], \"broken\": %s}"
                .formatted(
                        primary.value("SHOW server_version"),
                        PASSWORD,
                        primary.port(),
                        standby.port(),
                        primary.pid(),
                        standby.pid(),
                        broken.ports());
    }

    @Override
    public String obey(String order) {
        return switch (order) {
            case "pause" -> {
                cluster.primary().pause();
                yield "{}";
            }
            case "resume" -> {
                cluster.primary().resume();
                yield "{}";
            }
            case "freeze" -> {
                broken.freeze();
                yield "{}";
            }
            case "statements" -> statements(cluster);
            default -> Lab.unknown(order);
        };
    }

    /** How many statements each role ran on each server, by the servers' own count. */
    private static String statements(PostgresCluster cluster) {
        return ROLES.stream()
                .map(role -> "\"" + role + "\": "
                        + cluster.nodes().stream()
                                .mapToLong(node -> statements(node, role))
                                .sum())
                .toList()
                .toString()
                .replace('[', '{')
                .replace(']', '}');
    }

    private static long statements(PostgresServer node, String role) {
        return Long.parseLong(node.value("SELECT coalesce(sum(calls), 0) FROM pg_stat_statements"
                + " JOIN pg_roles ON pg_roles.oid = userid WHERE rolname = '" + role + "'"));
    }

    @Override
    public void close() {
        broken.close();
        cluster.close();
    }
}
