// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A statement whose result is samples: a column with the name of a family is that family's value, null for none; the
 * family's labels are the columns with their names.
 *
 * @param sql with {@code ?} for each parameter
 * @param since the oldest major version that understands it
 * @param before the oldest major version that does not any more
 * @param families every family that it may give
 * @param parameters in order
 */
record Query(String sql, int since, int before, List<Family> families, List<Integer> parameters) {

    private static final int NEVER = Integer.MAX_VALUE;

    static Query of(String sql, Family... families) {
        return new Query(sql, 0, NEVER, List.of(families), List.of());
    }

    Query since(int major) {
        return new Query(sql, major, before, families, parameters);
    }

    Query before(int major) {
        return new Query(sql, since, major, families, parameters);
    }

    Query with(Integer... values) {
        return new Query(sql, since, before, families, List.of(values));
    }

    static List<Family> families(List<Query> queries) {
        return queries.stream()
                .flatMap(query -> query.families.stream())
                .distinct()
                .toList();
    }

    /** Reads with all queries that this server understands; what the role may not see is left out and said. */
    static Reader reader(List<Query> queries) {
        return (connection, out) -> {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            for (var query : queries) {
                if (query.since <= major && major < query.before) {
                    query.reader().read(connection, out);
                }
            }
        };
    }

    private Reader reader() {
        Reader reader = this::read;
        return reader.orNote(families.getFirst().name() + " and others of its query");
    }

    private void read(Connection connection, Samples out) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            setParameters(statement);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    addRow(rows, out);
                }
            }
        }
    }

    private void setParameters(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setInt(i + 1, parameters.get(i));
        }
    }

    private void addRow(ResultSet row, Samples out) throws SQLException {
        for (var family : families) {
            double value = row.getDouble(family.name());
            if (!row.wasNull()) {
                out.add(family, value, labels(row, family));
            }
        }
    }

    private static String[] labels(ResultSet row, Family family) throws SQLException {
        var values = new String[family.labels().size()];
        for (int i = 0; i < values.length; i++) {
            var value = row.getString(family.labels().get(i));
            values[i] = value == null ? "" : value;
        }
        return values;
    }
}
