// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the configuration says of one Postgres cluster, under {@code clusters.<name>.postgres}. */
public record PostgresSettings(
        @Doc("every node of the cluster: a stable name and where it listens")
        Map<String, Node> nodes,

        @Doc("the role to connect as; pg_monitor is all that it needs") @Default("highwater")
        String user,

        @Doc("the role's password") Optional<Secret> password,

        @Doc("the database to connect to; tables and statements are read there") @Default("postgres")
        String database,

        @Doc("how far TLS is asked for, as libpq's sslmode") @Default("prefer")
        SslMode sslMode,

        @Doc("the CA certificates that verify the server, PEM")
        Optional<Path> sslRootCert,

        @Doc("our client certificate, PEM") Optional<Path> sslCert,

        @Doc("the key of our client certificate, PKCS#8 in DER")
        Optional<Path> sslKey,

        @Doc("a row that something writes at short intervals, for logical and cross-site replicas")
        Optional<Heartbeat> heartbeat,

        @Doc("when a statement counts as slow") @Default("1s")
        Duration slowStatement,

        @Doc("how many statements have series of their own, by total time; the others are one") @Default("0")
        int topStatements,

        @Doc("how many tables have series of their own, by rows; the others are one") @Default("50")
        int topTables) {

    /**
     * One server.
     *
     * @param address {@code host:port}; the port is 5432 when left out
     * @param replica how it gets its data when it is not the primary
     */
    public record Node(
            @Doc("host:port, the port 5432 when left out") String address,

            @Doc("logical for a server that is written to by logical replication, and is no standby")
            @Default("physical")
            Replication replica) {

        private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:/@\\s]+)(:\\d{1,5})?");

        public Node {
            if (!ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException(
                        "address: write host:port, without user, password or database; IPv6 as [::1]:5432");
            }
        }

        String hostAndPort() {
            return address.matches(".*:\\d+$") ? address : address + ":5432";
        }
    }

    /** How a replica gets its data. */
    public enum Replication {
        PHYSICAL,
        LOGICAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** libpq's words. */
    public enum SslMode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A row whose newest timestamp tells how far a replica is.
     *
     * @param table with its schema
     * @param column a timestamptz
     */
    public record Heartbeat(
            @Doc("schema.table") String table,

            @Doc("the timestamptz that is renewed") @Default("written_at")
            String column) {

        private static final Pattern IDENTIFIERS =
                Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)?");

        public Heartbeat {
            if (!IDENTIFIERS.matcher(table).matches()) {
                throw new IllegalArgumentException("table: write schema.table, letters, digits and _");
            }
            if (!IDENTIFIERS.matcher(column).matches() || column.contains(".")) {
                throw new IllegalArgumentException("column: write its name, letters, digits and _");
            }
        }
    }

    public PostgresSettings {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("nodes: name at least one server");
        }
        if (topStatements < 0 || topStatements > 500) {
            throw new IllegalArgumentException("topStatements: write 0 to 500");
        }
        if (topTables < 0 || topTables > 1000) {
            throw new IllegalArgumentException("topTables: write 0 to 1000");
        }
    }
}
