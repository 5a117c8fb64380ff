// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * One server and the two connections that are all we ever hold to it: one for the pulse alone, which nothing else can
 * delay, and one that the other collectors take in turns.
 */
final class PostgresSession implements Session {

    /** After a failed attempt to connect, others fail with it for so long: a server in need is not stormed. */
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();

    private record Refusal(long untilNanos, SQLException why) {}

    private static final Driver DRIVER = new Driver();

    private final Target target;
    private final PostgresSettings settings;
    private final PostgresSettings.Node node;
    private final Lane pulse = new Lane(this::connect);
    private final Lane others = new Lane(this::connect);
    private volatile @Nullable Refusal refusal;

    PostgresSession(Target target, PostgresSettings settings) {
        this.target = target;
        this.settings = settings;
        this.node = java.util.Objects.requireNonNull(settings.nodes().get(target.node()));
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        var reader = PostgresExporter.reader(spec.name(), target.node(), settings);
        if (reader.equals(Reader.NOTHING)) {
            return Collector.NONE;
        }
        var lane = spec.name().equals(ReplicationReader.NAME) ? pulse : others;
        return new Collector() {
            @Override
            public void collect(Samples out) throws Exception {
                lane.use(this, schedule.timeout(), connection -> reader.read(connection, out));
            }

            @Override
            public void abort() {
                lane.abort(this);
            }
        };
    }

    Connection connect(Duration timeout) throws SQLException {
        var last = refusal;
        if (last != null && System.nanoTime() < last.untilNanos) {
            throw last.why;
        }
        try {
            var connection = DRIVER.connect(
                    "jdbc:postgresql://" + node.hostAndPort() + "/" + settings.database(), properties(timeout));
            refusal = null;
            return java.util.Objects.requireNonNull(connection);
        } catch (SQLException e) {
            refusal = new Refusal(System.nanoTime() + RETRY_NANOS, e);
            throw e;
        }
    }

    private Properties properties(Duration timeout) throws SQLException {
        var of = new Properties();
        PGProperty.USER.set(of, settings.user());
        if (settings.password().isPresent()) {
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
        PGProperty.SSL_MODE.set(of, settings.sslMode().toString());
        settings.sslRootCert().ifPresent(path -> PGProperty.SSL_ROOT_CERT.set(of, path.toString()));
        settings.sslCert().ifPresent(path -> PGProperty.SSL_CERT.set(of, path.toString()));
        settings.sslKey().ifPresent(path -> PGProperty.SSL_KEY.set(of, path.toString()));
        return of;
    }

    private String password() throws SQLException {
        try {
            return settings.password().orElseThrow().reveal();
        } catch (IllegalStateException e) {
            throw new SQLException(e.getMessage(), "28000", e);
        }
    }

    @Override
    public void close() {
        pulse.close();
        others.close();
    }
}
