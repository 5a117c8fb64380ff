// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A configured table that is read again and again: what is asked of it, and what the answer means.
 *
 * @param <N> what one reading finds
 */
public interface PolledTable<N> {

    /** Its kind and configured name, as on the status page: {@code outbox payments}. */
    String title();

    TableName table();

    /** What the role needs to read it, as SQL. */
    String grants(String role);

    /** The page of the documentation that has the index that serves. */
    String guide();

    /** The statement that counts its rows, whose plan matters; there is no parameter in it. */
    String numbers(Catalog catalog) throws Unreadable;

    /** A statement that is run before that one, for what the server counts anyway; none when it is empty. */
    default String counters(Catalog catalog) {
        return "";
    }

    /** The time zone of columns that have none, where the statement leaves it to the session; else empty. */
    default String timeZone() {
        return "";
    }

    /** What is not counted, or less exactly than it could be, for people; nothing when it is empty. */
    default String shortcoming(Catalog catalog, String role) {
        return "";
    }

    /** @param results of counters, unless that is empty, and numbers */
    N read(List<ResultSet> results) throws SQLException;

    /** The channel that the application notifies when it writes a row; empty when it does not. */
    default Optional<String> wake() {
        return Optional.empty();
    }

    /** Whether nothing is to be done. */
    default boolean isIdle(N numbers) {
        return false;
    }
}
