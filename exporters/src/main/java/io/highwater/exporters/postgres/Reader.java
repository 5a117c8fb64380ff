// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Samples;
import io.highwater.exporters.client.postgres.PostgresErrors;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads one aspect of one server over a connection that it is lent. */
@FunctionalInterface
interface Reader {
    void read(Connection connection, Samples out) throws SQLException;

    /** For what is not configured: asks for no connection. */
    Reader NOTHING = (_, _) -> {};

    /** The same, but what this server or role does not have is left out and said, and no failure. */
    default Reader orNote(String what) {
        return (connection, out) -> {
            try {
                read(connection, out);
            } catch (SQLException e) {
                if (!PostgresErrors.leavesOut(e)) {
                    throw e;
                }
                out.note(what + ": " + PostgresErrors.message(e));
            }
        };
    }
}
