// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * The servers that {@code bench/side-by-side} measures against: a primary with a standby, and ten that misbehave.
 * Prints where they are as one line of JSON, then answers each line that it reads with one; at the end of its input it
 * stops everything.
 */
final class LabMain {

    /** Roles of their own, so that the database tells whose statement ran. */
    private static final List<String> ROLES = List.of("highwater", "postgres_exporter");

    private static final String PASSWORD = "lab-only";
    private static final int TABLES = 50;
    private static final int WIDE_TABLES = 750;

    private LabMain() {}

    public static void main(String[] args) throws IOException, SQLException {
        int major = Integer.parseInt(args[0]);
        try (var cluster = PostgresCluster.of(major)
                        .setting("shared_preload_libraries", "pg_stat_statements")
                        .start();
                var broken = BrokenServers.start(cluster.primary().port())) {
            fill(cluster.primary());
            cluster.awaitReplayed(cluster.standby());
            System.out.println(describe(cluster, broken));
            obey(cluster, broken);
        }
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

    private static String describe(PostgresCluster cluster, BrokenServers broken) {
        return "{\"version\": \"%s\", \"password\": \"%s\", \"primary\": %d, \"standby\": %d, \"broken\": %s}"
                .formatted(
                        cluster.primary().value("SHOW server_version"),
                        PASSWORD,
                        cluster.primary().port(),
                        cluster.standby().port(),
                        broken.ports());
    }

    private static void obey(PostgresCluster cluster, BrokenServers broken) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(obey(line.strip(), cluster, broken));
        }
    }

    private static String obey(String command, PostgresCluster cluster, BrokenServers broken) {
        switch (command) {
            case "pause" -> cluster.primary().pause();
            case "resume" -> cluster.primary().resume();
            case "freeze" -> broken.freeze();
            case "statements" -> {
                return statements(cluster);
            }
            default -> {
                return "{\"error\": \"no such command\"}";
            }
        }
        return "{}";
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
}
