// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.exporters.client.postgres.Catalog;
import io.highwater.exporters.client.postgres.PolledTable;
import io.highwater.exporters.client.postgres.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalDouble;

/** The statement that reads one slice of a configured table, to one job above the cap, and groups it by queue. */
record JobQuery(String name, JobTable of, JobSlice slice) implements PolledTable<JobNumbers> {

    /** What jobs without a queue have for one. */
    static final String NO_QUEUE = "(none)";

    private static final int LONGEST_NAME = 128;

    @Override
    public String title() {
        return "queues " + name + " (" + slice.state() + ")";
    }

    @Override
    public TableName table() {
        return of.tableOf(slice);
    }

    @Override
    public String grants(String role) {
        return String.join(
                "; ",
                of.rights().stream()
                        .map(right -> "GRANT SELECT " + right + " TO " + role)
                        .toList());
    }

    @Override
    public String guide() {
        return "docs/backends/queues.md";
    }

    @Override
    public String timeZone() {
        return of.timeZone();
    }

    @Override
    public String numbers(Catalog catalog) {
        return """
                SELECT grouping(queue) AS total, queue, count(*) AS jobs, min(since) AS oldest, max(since) AS newest,
                       count(*) FILTER (WHERE since <= extract(epoch FROM now())) AS past,
                       extract(epoch FROM max(reached))::float8 AS reached, extract(epoch FROM now())::float8 AS at
                  FROM (SELECT %s AS queue, extract(epoch FROM (%s)::timestamptz)::float8 AS since, %s::timestamptz AS reached
                          FROM %s AS j WHERE %s LIMIT %d) AS looked
                 GROUP BY GROUPING SETS ((), (queue)) ORDER BY total DESC
                """.formatted(
                        "coalesce(nullif(left((" + in(slice.queue()) + ")::text, " + LONGEST_NAME + "), ''), '"
                                + NO_QUEUE + "')",
                        in(slice.since()),
                        slice.order().isEmpty() ? "NULL" : slice.order(),
                        table().sql(),
                        rows(catalog),
                        of.cap() + 1);
    }

    private String rows(Catalog catalog) {
        boolean some = catalog.columns().containsKey(slice.unless());
        return in(slice.where())
                + (some ? " AND NOT " + TableName.quoted(slice.unless()) : "")
                + (slice.order().isEmpty() ? "" : " ORDER BY " + slice.order());
    }

    private String in(String sql) {
        return sql.replace(
                JobSlice.SCHEMA, table().schema().map(TableName::quoted).orElse(""));
    }

    @Override
    public JobNumbers read(List<ResultSet> results) throws SQLException {
        var rows = results.getLast();
        rows.next();
        double at = rows.getDouble("at");
        boolean capped = rows.getLong("jobs") > of.cap();
        var reached = number(rows, "reached");
        var queues = new HashMap<String, JobNumbers.InQueue>();
        while (rows.next()) {
            var jobs = new JobNumbers.InQueue(
                    rows.getLong("jobs"), number(rows, "oldest"), number(rows, "newest"), rows.getLong("past"));
            queues.put(rows.getString("queue"), jobs);
        }
        return new JobNumbers(at, capped, reached, queues);
    }

    private static OptionalDouble number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
