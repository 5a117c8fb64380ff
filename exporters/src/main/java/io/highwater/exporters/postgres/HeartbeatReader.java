// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The newest of the timestamps that something, a cron job say, writes to the primary at short intervals: how replicas
 * that are no standbys show how far they are. On a table of the users', so kept apart from the pulse.
 */
final class HeartbeatReader implements Reader {

    /**
     * What a query on one server sees.
     *
     * @param micros the newest heartbeat, in microseconds since 1970
     */
    record Heartbeat(String node, long readNanos, long micros) {}

    static final Family TIMESTAMP = gauge(
                    "pg_heartbeat_timestamp_seconds", "The newest heartbeat that a query on this server sees.")
            .from("max() of the configured heartbeat column");

    private final String node;
    private final String sql;

    HeartbeatReader(String node, PostgresSettings.Heartbeat row) {
        this.node = node;
        this.sql = "SELECT (extract(epoch FROM max(" + row.column() + ")) * 1000000)::bigint FROM " + row.table();
    }

    @Override
    public void read(Connection connection, Samples out) throws SQLException {
        try (var statement = connection.prepareStatement(sql);
                var row = statement.executeQuery()) {
            row.next();
            long micros = row.getLong(1);
            if (!row.wasNull()) {
                out.add(TIMESTAMP, micros / 1e6);
                out.fact(new Heartbeat(node, System.nanoTime(), micros));
            }
        }
    }
}
