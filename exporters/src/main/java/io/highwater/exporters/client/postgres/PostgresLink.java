// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections to one server: read-only, with limits on the server's side that are below ours. */
public final class PostgresLink implements Lane.Connector {

    /** After a failed attempt to connect, others fail with it for so long: a server in need is not stormed. */
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();

    private record Refusal(long untilNanos, SQLException why) {}

    private static final Driver DRIVER = new Driver();

    private final PostgresServers servers;
    private final PostgresNode node;
    private volatile @Nullable Refusal refusal;

    public PostgresLink(PostgresServers servers, String node) {
        this.servers = servers;
        this.node = Objects.requireNonNull(servers.nodes().get(node), node);
    }

    @Override
    public Connection connect(Duration timeout) throws SQLException {
        var last = refusal;
        if (last != null && System.nanoTime() < last.untilNanos) {
            throw last.why;
        }
        try {
            var connection = DRIVER.connect(
                    "jdbc:postgresql://" + node.hostAndPort() + "/" + servers.database(), properties(timeout));
            refusal = null;
            return Objects.requireNonNull(connection);
        } catch (SQLException e) {
            refusal = new Refusal(System.nanoTime() + RETRY_NANOS, e);
            throw e;
        }
    }

    private Properties properties(Duration timeout) throws SQLException {
        var of = new Properties();
        PGProperty.USER.set(of, servers.user());
        if (servers.password().isPresent()) {
            PGProperty.PASSWORD.set(of, password());
        }
        PGProperty.APPLICATION_NAME.set(of, "highwater");
        int seconds = (int) Math.max(1, timeout.plusMillis(999).toSeconds());
        PGProperty.CONNECT_TIMEOUT.set(of, seconds);
        PGProperty.SOCKET_TIMEOUT.set(of, seconds);
        PGProperty.TCP_KEEP_ALIVE.set(of, true);
        PGProperty.READ_ONLY.set(of, true);
        PGProperty.OPTIONS.set(
                of,
                "-c default_transaction_read_only=on -c lock_timeout=500 -c idle_in_transaction_session_timeout=10000"
                        + " -c statement_timeout=" + timeout.toMillis() * 8 / 10
                        + " -c search_path=pg_catalog,public");
        PGProperty.SSL_MODE.set(of, servers.sslMode().toString());
        servers.sslRootCert().ifPresent(path -> PGProperty.SSL_ROOT_CERT.set(of, path.toString()));
        servers.sslCert().ifPresent(path -> PGProperty.SSL_CERT.set(of, path.toString()));
        servers.sslKey().ifPresent(path -> PGProperty.SSL_KEY.set(of, path.toString()));
        return of;
    }

    private String password() throws SQLException {
        try {
            return servers.password().orElseThrow().reveal();
        } catch (IllegalStateException e) {
            throw new SQLException(e.getMessage(), "28000", e);
        }
    }
}
