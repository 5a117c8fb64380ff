// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static io.highwater.core.Family.Kind.COUNTER;
import static io.highwater.core.Family.compatible;
import static io.highwater.core.Family.counter;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What pg_stat_statements counts, as counters that only go up: the view forgets statements and is reset, so it is
 * added up here, from one collection to the next. Statement texts are never read.
 */
final class StatementsReader implements Reader {

    static final Family SLOW = counter(
                    "pg_slow_queries_total",
                    "Calls of statements whose mean since the collection before was above the threshold.")
            .from("pg_stat_statements.calls, total_exec_time");
    static final Family CALLS = counter("pg_statements_calls_total", "Calls of all statements since the agent started.")
            .from("pg_stat_statements.calls");
    static final Family SECONDS = counter(
                    "pg_statements_seconds_total", "Time that all statements ran since the agent started.")
            .from("pg_stat_statements.total_exec_time");
    static final Family TRACKED = Family.gauge("pg_statements_tracked", "Statements that the view holds now.")
            .from("pg_stat_statements");

    private static final String[] STATEMENT = {"user", "datname", "queryid"};
    static final Family TOP_CALLS = compatible(
                    "pg_stat_statements_calls_total",
                    COUNTER,
                    "Calls of one of the top statements; (others) is the rest.")
            .from("pg_stat_statements.calls, with topStatements")
            .by(STATEMENT);
    static final Family TOP_SECONDS = compatible(
                    "pg_stat_statements_seconds_total",
                    COUNTER,
                    "Time that one of the top statements ran; (others) is the rest.")
            .from("pg_stat_statements.total_exec_time, with topStatements")
            .by(STATEMENT);

    static final List<Family> FAMILIES = List.of(SLOW, CALLS, SECONDS, TRACKED, TOP_CALLS, TOP_SECONDS);

    private static final String SQL = """
            SELECT coalesce(role.rolname, '') AS "user", coalesce(db.datname, '') AS datname,
                   coalesce(statement.queryid::text, 'hidden') AS queryid,
                   sum(statement.calls)::bigint AS calls, sum(statement.total_exec_time) / 1000 AS seconds
              FROM pg_stat_statements(false) statement
              LEFT JOIN pg_roles role ON role.oid = statement.userid
              LEFT JOIN pg_database db ON db.oid = statement.dbid
             GROUP BY 1, 2, 3
            """;

    private record Key(String user, String datname, String queryid) {}

    private record Count(long calls, double seconds) {
        static final Count NONE = new Count(0, 0);

        Count plus(Count more) {
            return new Count(calls + more.calls, seconds + more.seconds);
        }

        /** What came since; a count that fell began again. */
        Count since(Count before) {
            return calls < before.calls ? this : new Count(calls - before.calls, Math.max(0, seconds - before.seconds));
        }
    }

    private final double slowSeconds;
    private final int top;
    private Map<Key, Count> before = Map.of();
    private boolean first = true;
    private Count all = Count.NONE;
    private Count others = Count.NONE;
    private long slow;

    StatementsReader(Duration slow, int top) {
        this.slowSeconds = slow.toNanos() / 1e9;
        this.top = top;
    }

    @Override
    public void read(Connection connection, Samples out) throws SQLException {
        var now = counts(connection);
        var topKeys = topKeys(now);
        if (!first) {
            now.forEach(
                    (key, count) -> addUp(count.since(before.getOrDefault(key, Count.NONE)), topKeys.contains(key)));
        }
        first = false;
        before = now;
        out.add(SLOW, (double) slow);
        out.add(CALLS, (double) all.calls);
        out.add(SECONDS, all.seconds);
        out.add(TRACKED, now.size());
        if (top > 0) {
            topKeys.forEach(key -> addTop(key, now.getOrDefault(key, Count.NONE), out));
            addTop(new Key("(others)", "(others)", "(others)"), others, out);
        }
    }

    private void addUp(Count more, boolean isTop) {
        all = all.plus(more);
        if (!isTop) {
            others = others.plus(more);
        }
        if (more.calls > 0 && more.seconds / more.calls > slowSeconds) {
            slow += more.calls;
        }
    }

    private List<Key> topKeys(Map<Key, Count> now) {
        var keys = new ArrayList<>(now.keySet());
        keys.sort(Comparator.comparingDouble((Key key) -> now.getOrDefault(key, Count.NONE).seconds)
                .reversed());
        return keys.subList(0, Math.min(top, keys.size()));
    }

    private static void addTop(Key key, Count count, Samples out) {
        out.add(TOP_CALLS, (double) count.calls, key.user, key.datname, key.queryid);
        out.add(TOP_SECONDS, count.seconds, key.user, key.datname, key.queryid);
    }

    private static Map<Key, Count> counts(Connection connection) throws SQLException {
        var counts = new HashMap<Key, Count>();
        try (var statement = connection.prepareStatement(SQL);
                var row = statement.executeQuery()) {
            while (row.next()) {
                counts.put(key(row), new Count(row.getLong("calls"), row.getDouble("seconds")));
            }
        }
        return counts;
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getString("user"), row.getString("datname"), row.getString("queryid"));
    }
}
