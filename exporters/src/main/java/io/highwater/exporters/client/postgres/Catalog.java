// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the server's catalog says of one table.
 *
 * @param kind as pg_class has it: r is a table, p one whose rows are in partitions, v a view
 * @param columns their types, by name
 * @param sequence that numbers its rows
 */
public record Catalog(long oid, String kind, Map<String, String> columns, Optional<Sequence> sequence) {

    /**
     * Where the numbers of rows come from.
     *
     * @param cached whether sessions take several numbers at once, so that it is ahead of what was written
     * @param readable whether our role may read it
     */
    public record Sequence(long oid, String name, long start, long increment, boolean cached, boolean readable) {}

    private static final String TABLE = "SELECT oid::bigint, relkind::text FROM pg_class WHERE oid = to_regclass(?)";

    private static final String COLUMNS = """
            SELECT attname, coalesce(nullif(typbasetype, 0), pg_type.oid)::regtype::text
              FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
             WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped
            """;

    private static final String SEQUENCE = """
            SELECT seqrelid::bigint, seqrelid::regclass::text, seqstart, seqincrement, seqcache > 1,
                   has_sequence_privilege(seqrelid, 'SELECT, USAGE')
              FROM pg_depend JOIN pg_sequence ON seqrelid = objid
             WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass
               AND refobjid = ? AND refobjsubid > 0 AND deptype IN ('a', 'i')
             ORDER BY refobjsubid LIMIT 1
            """;

    public static Catalog of(Connection connection, TableName table) throws SQLException, Unreadable {
        try (var statement = connection.prepareStatement(TABLE)) {
            statement.setString(1, table.sql());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new Unreadable("there is no table " + table + " in the database " + connection.getCatalog());
                }
                long oid = row.getLong(1);
                return new Catalog(oid, row.getString(2), columns(connection, oid), sequence(connection, oid));
            }
        }
    }

    private static Map<String, String> columns(Connection connection, long oid) throws SQLException {
        var columns = new HashMap<String, String>();
        try (var statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, oid);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return columns;
    }

    private static Optional<Sequence> sequence(Connection connection, long oid) throws SQLException {
        try (var statement = connection.prepareStatement(SEQUENCE)) {
            statement.setLong(1, oid);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(sequence(row)) : Optional.empty();
            }
        }
    }

    private static Sequence sequence(ResultSet row) throws SQLException {
        return new Sequence(
                row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getBoolean(5), row.getBoolean(6));
    }

    /** Refuses a column that is not there. */
    public void require(TableName table, String column) throws Unreadable {
        if (!columns.containsKey(column)) {
            throw new Unreadable("the table " + table + " has no column " + column);
        }
    }

    /** SQL for a column that is a time, as timestamptz; one without a zone is taken to be in that zone. */
    public String time(TableName table, String column, String zone) throws Unreadable {
        require(table, column);
        var type = columns.getOrDefault(column, "");
        return switch (type) {
            case "timestamp with time zone" -> TableName.quoted(column);
            case "timestamp without time zone" -> "(" + TableName.quoted(column) + " AT TIME ZONE '" + zone + "')";
            default ->
                throw new Unreadable("the column " + column + " of " + table + " is " + type
                        + ", and a time has to be timestamptz or timestamp");
        };
    }

    /** SQL for the present, to be compared with that column as it is, so that an index on it serves. */
    public String now(String column, String zone) {
        return "timestamp with time zone".equals(columns.get(column)) ? "now()" : "(now() AT TIME ZONE '" + zone + "')";
    }
}
