// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Samples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The reading of BullMQ 6's queues in the Postgres of one server: four statements, and one for its role, however many queues there
 * are. A standby
 * is not read when others are watched, too, one of which is its primary.
 */
final class TableReader {

    private static final long MOST_FINISHED = 100_000;

    private final String node;
    private final String schema;
    private final Discovery.Filter filter;
    private final boolean alone;
    private final int deepest;
    private final TableEvents events;

    TableReader(
            String node, String schema, Discovery.Filter filter, QueueFamilies families, boolean alone, int deepest) {
        this.node = node;
        this.schema = schema;
        this.filter = filter;
        this.alone = alone;
        this.deepest = deepest;
        this.events = new TableEvents(schema, families, deepest);
    }

    void read(Connection connection, Samples out) throws SQLException {
        if (!alone && inRecovery(connection)) {
            events.forget();
            out.fact(new QueuesSeen(node, false, List.of(), 0));
            return;
        }
        var names = names(connection);
        var watched = names.subList(0, Math.min(names.size(), filter.most()));
        var queues = watched.toArray(String[]::new);
        events.read(connection, watched);
        var states = states(connection, queues);
        addWaiting(connection, queues, states);
        out.fact(new QueuesSeen(node, true, List.copyOf(states.values()), names.size() - watched.size()));
    }

    private static boolean inRecovery(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private List<String> names(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = statement(connection, TableQuery.NAMES);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                if (filter.takes(name(rows.getString(1)))) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private QueueName name(String queue) {
        return new QueueName(queue, schema, "postgres", new QueueName.Place(schema, queue));
    }

    private PreparedStatement statement(Connection connection, TableQuery query) throws SQLException {
        return connection.prepareStatement(query.in(schema));
    }

    private Map<String, QueueState> states(Connection connection, String[] queues) throws SQLException {
        var states = new LinkedHashMap<String, QueueState>();
        try (var statement = statement(connection, TableQuery.STATES)) {
            statement.setArray(1, connection.createArrayOf("text", queues));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.put(rows.getString("queue"), state(rows));
                }
            }
        }
        return states;
    }

    private QueueState state(ResultSet row) throws SQLException {
        var queue = row.getString("queue");
        var history = events.of(queue);
        double now = row.getDouble("now_ms");
        var state = new QueueState(name(queue));
        boolean paused = row.getBoolean("paused");
        state.count(paused ? "paused" : "waiting", row.getLong("waiting")).count(paused ? "waiting" : "paused", 0);
        for (var of : List.of("prioritized", "active", "delayed")) {
            state.count(of, row.getLong(of));
        }
        state.count("waiting-children", row.getLong("children"));
        for (var of : List.of("completed", "failed")) {
            if (row.getLong(of) <= MOST_FINISHED) {
                state.count(of, row.getLong(of));
            }
        }
        var due = number(row, "due");
        if (due.isPresent()) {
            state.put(Measure.NEXT_DELAYED, due.getAsDouble() / 1000);
        }
        state.put(Measure.DELAYED_OVERDUE, Math.max(0, now - due.orElse(now)) / 1000)
                .put(Measure.DELAYED_OVERDUE_JOBS, row.getDouble("overdue"))
                .put(Measure.OLDEST_ACTIVE_AGE, age(number(row, "started"), now))
                .put(Measure.ACTIVE_WITHOUT_LOCK, row.getDouble("unlocked"))
                .put(Measure.OLDEST_FAILED_AGE, age(number(row, "oldest_failed"), now))
                .put(Measure.HEARTBEAT_AGE, age(number(row, "last_sign"), now))
                .put(Measure.PAUSED, paused)
                .put(Measure.CONCURRENCY_LIMIT, number(row, "concurrency"))
                .put(Measure.WORKERS, row.getDouble("workers"))
                .version(Optional.ofNullable(row.getString("version")).map(BullReader::version));
        addLimit(row, now, state);
        history.addTo(state);
        double items =
                row.getLong("waiting") + row.getLong("prioritized") + row.getLong("active") + row.getLong("overdue");
        return state.backlog(
                items,
                OptionalLong.empty(),
                history.hasGap() ? OptionalLong.empty() : OptionalLong.of(history.ended()));
    }

    private static void addLimit(ResultSet row, double now, QueueState state) throws SQLException {
        var points = number(row, "points");
        var max = number(row, "max");
        state.put(Measure.RATE_LIMIT_TTL, Math.max(0, number(row, "window_end").orElse(now) - now) / 1000);
        if (points.isEmpty() || max.isPresent()) {
            state.put(Measure.RATE_LIMITED, points.isPresent() && points.getAsDouble() >= max.orElse(0));
        }
    }

    private void addWaiting(Connection connection, String[] queues, Map<String, QueueState> states)
            throws SQLException {
        states.values()
                .forEach(state -> state.oldestWaiting(OptionalDouble.empty(), 0).put(Measure.OLDEST_WAITING_EXACT, 1));
        try (var statement = statement(connection, TableQuery.WAITING)) {
            statement.setArray(1, connection.createArrayOf("text", queues));
            statement.setInt(2, QueueServer.each(deepest, queues.length));
            try (var rows = statement.executeQuery()) {
                var oldest = new HashMap<String, JobHash.Since>();
                var seen = new HashMap<String, Integer>();
                while (rows.next()) {
                    var queue = rows.getString("queue");
                    var since = since(rows);
                    oldest.merge(queue, since, (a, b) -> a.millis() <= b.millis() ? a : b);
                    int looked = seen.merge(queue, 1, Integer::sum);
                    var first = Objects.requireNonNull(oldest.get(queue));
                    var state = Objects.requireNonNull(states.get(queue));
                    boolean all = looked >= state.count("waiting") + state.count("paused") + state.count("prioritized");
                    state.oldestWaiting(OptionalDouble.of(first.millis() / 1000), rows.getDouble("now_ms") / 1000)
                            .put(Measure.OLDEST_WAITING_EXACT, all && first.exact());
                }
            }
        }
    }

    private JobHash.Since since(ResultSet row) throws SQLException {
        var seen = events.of(row.getString("queue")).waitingSince(row.getString("id"));
        if (seen.isPresent()) {
            return new JobHash.Since(seen.getAsDouble(), true);
        }
        double due = row.getDouble("due");
        return new JobHash.Since(
                Math.max(due, number(row, "processed_at_ms").orElse(due)), row.getLong("attempts_started") == 0);
    }

    private static OptionalDouble number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static OptionalDouble age(OptionalDouble millis, double now) {
        return millis.isEmpty() ? millis : OptionalDouble.of(Math.max(0, now - millis.getAsDouble()) / 1000);
    }
}
