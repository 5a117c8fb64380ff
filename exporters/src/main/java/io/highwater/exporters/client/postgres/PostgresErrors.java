// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Set;

/** What the server's SQLSTATE and the driver's exceptions mean as a {@link Reason}. */
public final class PostgresErrors {

    /** Statement or lock timeout, canceled, idle in transaction. */
    private static final Set<String> TIMEOUTS = Set.of("57014", "55P03", "25P03");
    /** Too many connections, starting up or shutting down, the postmaster gone. */
    private static final Set<String> REFUSALS = Set.of("53300", "57P01", "57P02", "57P03", "08001", "08004");
    /** What this session may not, or cannot on this server, do; the rest of the collection goes on. */
    private static final Set<String> LEFT_OUT = Set.of("42501", "42883", "42P01", "42703", "0A000", "55000");

    private PostgresErrors() {}

    public static CollectionException failure(SQLException e) {
        return new CollectionException(reason(e), message(e), e);
    }

    /** Whether only this statement failed, for a reason that will not go away by itself. */
    public static boolean leavesOut(SQLException e) {
        return LEFT_OUT.contains(state(e));
    }

    /** Whether only this statement failed, since it took too long. */
    public static boolean timedOut(SQLException e) {
        return TIMEOUTS.contains(state(e));
    }

    private static Reason reason(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return Reason.TIMEOUT;
            }
        }
        var state = state(e);
        if (TIMEOUTS.contains(state)) {
            return Reason.TIMEOUT;
        }
        if (REFUSALS.contains(state)) {
            return Reason.REFUSED;
        }
        if (state.startsWith("28") || state.equals("42501")) {
            return Reason.AUTH;
        }
        // 08006: the connection ended while it was used, or what came was no Postgres.
        return Reason.PROTOCOL;
    }

    /** One line. The driver's messages carry no password, only host, role and database. */
    public static String message(SQLException e) {
        var text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return state(e).isEmpty() ? text : text + " (" + state(e) + ")";
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
