// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.exporters.client.postgres.Catalog;
import io.highwater.exporters.client.postgres.TableName;
import io.highwater.exporters.client.postgres.Unreadable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statement that reads one table of claims: of each state the oldest rows, to one above the cap. */
record ClaimQuery(String name, ClaimTable of) implements WorkTable {

    @Override
    public String title() {
        return "claim " + name;
    }

    @Override
    public Optional<String> wake() {
        return of.wake();
    }

    @Override
    public boolean isIdle(Numbers numbers) {
        return numbers instanceof Numbers.Claims claims
                && claims.states().stream().allMatch(state -> state.rows().rows() == 0);
    }

    @Override
    public TableName table() {
        return of.name();
    }

    @Override
    public String grants(String role) {
        return "GRANT SELECT (" + of.state() + ", " + of.since() + ") ON " + of.table() + " TO " + role;
    }

    @Override
    public String numbers(Catalog catalog) throws Unreadable {
        catalog.require(table(), of.state());
        var since = catalog.time(table(), of.since(), of.timeZone());
        var states = new ArrayList<String>();
        of.states().forEach((state, limits) -> states.add(inState(state, limits, since)));
        return String.join(" UNION ALL ", states);
    }

    /** With the state as a constant, so that a partial index for it serves. */
    private String inState(String state, ClaimTable.ClaimState limits, String since) {
        var constant = "'" + state.replace("'", "''") + "'";
        var stuck = limits.limit()
                .map(limit -> "count(*) FILTER (WHERE since < now() - " + interval(limit) + ")")
                .orElse("NULL::bigint");
        return """
                SELECT %s::text AS state, count(*) AS rows, extract(epoch FROM min(since))::float8 AS oldest,
                       %s AS stuck, extract(epoch FROM now())::float8 AS at
                  FROM (SELECT %s AS since FROM %s WHERE %s = %s ORDER BY %s LIMIT %d) AS oldest_rows
                """.formatted(
                        constant,
                        stuck,
                        since,
                        table().sql(),
                        TableName.quoted(of.state()),
                        constant,
                        TableName.quoted(of.since()),
                        of.cap() + 1);
    }

    private static String interval(Duration limit) {
        return "interval '" + limit.toMillis() + " milliseconds'";
    }

    @Override
    public Numbers read(List<ResultSet> results) throws SQLException {
        var rows = results.getFirst();
        var states = new ArrayList<Numbers.InState>();
        double at = 0;
        while (rows.next()) {
            at = rows.getDouble("at");
            states.add(new Numbers.InState(
                    rows.getString("state"),
                    Numbers.Count.of(rows.getLong("rows"), of.cap()),
                    OutboxQuery.optionalDouble(rows, "oldest"),
                    OutboxQuery.optionalLong(rows, "stuck")));
        }
        return new Numbers.Claims(at, states);
    }
}
