// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.PostgresServers;
import io.highwater.exporters.client.postgres.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the configuration says of one Postgres cluster, under {@code clusters.<name>.postgres}. */
public record PostgresSettings(
        @Doc("every node of the cluster: a stable name and where it listens")
        Map<String, PostgresNode> nodes,

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

    PostgresServers servers() {
        return new PostgresServers(nodes, user, password, database, sslMode, sslRootCert, sslCert, sslKey);
    }
}
