// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the server would run a statement: one node of what EXPLAIN says, and those below it.
 *
 * @param fields as EXPLAIN (VERBOSE, FORMAT JSON) has them
 */
public record Plan(Map<String, String> fields, List<Plan> below) {

    /** Reading so many pages takes some ten milliseconds; whatever an index could do there does not matter. */
    static final int SMALL_PAGES = 2000;

    private static final JsonFactory JSON = new JsonFactory();

    /** Pass on no more rows than they are asked for, and ask for no more themselves. */
    private static final Set<String> PASSING = Set.of("Subquery Scan", "Append", "Merge Append", "Result");

    /** Children that run on their own, however few rows their parent asks for. */
    private static final Set<String> APART = Set.of("InitPlan", "SubPlan");

    /** Asks how the server would read, while it does without reading whole tables wherever it can. */
    public static Plan of(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            try (var rows = statement.executeQuery("EXPLAIN (VERBOSE, FORMAT JSON) " + sql)) {
                rows.next();
                return parse(rows.getString(1));
            }
        }
    }

    static Plan parse(String json) throws SQLException {
        try (var parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_OBJECT && "Plan".equals(parser.currentName())) {
                    return node(parser);
                }
            }
            throw new IOException("no Plan");
        } catch (IOException e) {
            throw new SQLException("EXPLAIN said what is not understood: " + e.getMessage(), "42P00", e);
        }
    }

    private static Plan node(JsonParser parser) throws IOException {
        var fields = new HashMap<String, String>();
        var below = new ArrayList<Plan>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (name.equals("Plans")) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    below.add(node(parser));
                }
            } else if (token.isScalarValue()) {
                fields.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return new Plan(fields, below);
    }

    private String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** The table that is read from its beginning to its end although it is large; empty when there is none. */
    public String wholeTable(Connection connection) throws SQLException {
        for (var scan : wholeScans(false).toList()) {
            if (scan.isLarge(connection) && !scan.isOfPartialIndex(connection)) {
                return scan.field("Relation Name");
            }
        }
        return "";
    }

    /**
     * Scans that may read all there is: of the table, or of an index without a condition on it.
     *
     * @param bounded whether whoever asks takes but so many rows
     */
    Stream<Plan> wholeScans(boolean bounded) {
        boolean filters = fields.containsKey("Filter");
        var own =
                switch (field("Node Type")) {
                    case "Seq Scan" -> bounded && !filters ? Stream.<Plan>empty() : Stream.of(this);
                    case "Index Scan", "Index Only Scan" ->
                        fields.containsKey("Index Cond") || (bounded && !filters)
                                ? Stream.<Plan>empty()
                                : Stream.of(this);
                    default -> Stream.<Plan>empty();
                };
        boolean limit = field("Node Type").equals("Limit");
        boolean passes = bounded && !filters && PASSING.contains(field("Node Type"));
        return Stream.concat(
                own,
                below.stream()
                        .flatMap(plan -> plan.wholeScans(
                                (limit || passes) && !APART.contains(plan.field("Parent Relationship")))));
    }

    private boolean isLarge(Connection connection) throws SQLException {
        return truth(
                connection,
                "SELECT pg_relation_size(format('%I.%I', ?, ?)::regclass)"
                        + " > current_setting('block_size')::bigint * " + SMALL_PAGES,
                field("Schema"),
                field("Relation Name"));
    }

    /** Such an index holds but the rows that are asked for. */
    private boolean isOfPartialIndex(Connection connection) throws SQLException {
        return fields.containsKey("Index Name")
                && truth(
                        connection,
                        "SELECT bool_or(indpred IS NOT NULL) FROM pg_index"
                                + " WHERE indexrelid = format('%I.%I', ?, ?)::regclass",
                        field("Schema"),
                        field("Index Name"));
    }

    private static boolean truth(Connection connection, String sql, String schema, String name) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            statement.setString(2, name);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
