// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.exporters.client.postgres.PostgresErrors;
import io.highwater.exporters.client.postgres.PostgresLink;
import io.highwater.exporters.client.postgres.PostgresServers;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;

/** One Postgres server, asked over a connection that is new each time: a kept one would stay with who answered first. */
record PostgresServer(PostgresServers servers, String node) {

    /**
     * Who answers. Two servers of one cluster have the same identifier and may have the same port, but hardly started in
     * the same microsecond.
     */
    record Identity(boolean primary, String started, String port) {

        boolean isSameServer(Identity other) {
            return started.equals(other.started) && port.equals(other.port);
        }
    }

    private static final String QUESTION =
            "SELECT NOT pg_is_in_recovery(), extract(epoch FROM pg_postmaster_start_time())::text, current_setting('port')";

    Identity identity(Attempt attempt) throws ProbeFailure {
        var timeout = attempt.left("a connection");
        try (var connection = new PostgresLink(servers, node).connect(timeout)) {
            return asked(connection);
        } catch (SQLException e) {
            throw failure(e, attempt);
        }
    }

    private static Identity asked(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(QUESTION)) {
            rows.next();
            return new Identity(rows.getBoolean(1), rows.getString(2), rows.getString(3));
        }
    }

    private ProbeFailure failure(SQLException error, Attempt attempt) {
        return new ProbeFailure(reason(error, attempt), node + ": " + PostgresErrors.message(error), error);
    }

    private static FailureReason reason(SQLException error, Attempt attempt) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return FailureReason.RESOLVE;
            }
        }
        if (attempt.left().isZero()) {
            return FailureReason.TIMEOUT;
        }
        return switch (PostgresErrors.failure(error).reason()) {
            case TIMEOUT, OVERRUN -> FailureReason.TIMEOUT;
            case REFUSED -> FailureReason.REFUSED;
            case AUTH -> FailureReason.AUTH;
            case PROTOCOL, BUG -> FailureReason.PROTOCOL;
        };
    }
}
