// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one table of one server, again and again: looks at the plan first, and then at times, and says how soon
 * it is to be read again. Read by one thread at a time, as {@link #isApart} says by which.
 */
final class TableReader<T extends PolledTable<N>, N> {

    /** The plan is looked at again after so many intervals of the quick ones: five minutes, unless that is configured. */
    private static final int CHECKED_FOR = 60;

    /** The server waited then, and did no work. */
    private static final String LOCK_TIMEOUT = "55P03";

    /** A statement that only reads needs neither, and row security would leave rows out without a word. */
    private static final String SESSION =
            "SET jit = off; SET max_parallel_workers_per_gather = 0; SET row_security = off; ";

    /**
     * What was found out before reading.
     *
     * @param sql all that is to be executed, in order
     * @param wholeTable as {@link TableReading} has it
     */
    private record Checked(
            TableReading.Server by, long untilNanos, String sql, String wholeTable, String shortcoming) {}

    private final T table;
    private final String role;
    private final Duration interval;
    private volatile Pace pace;
    private volatile long dueNanos = System.nanoTime();
    private volatile long nextReadingNanos = dueNanos;
    private volatile @Nullable TableReading<T, N> last;
    private @Nullable Checked checked;
    private boolean readsWhole;

    /** @param interval at which quick tables are read */
    TableReader(T table, String role, Duration interval) {
        this.table = table;
        this.role = role;
        this.interval = interval;
        this.pace = Pace.quick(interval);
    }

    boolean isApart() {
        return pace.apart();
    }

    /** When something is to be done again: a reading, or a look whether there is an index by now. */
    long dueNanos() {
        return dueNanos;
    }

    /** What was read last from that server, while it may be shown. */
    Optional<TableReading<T, N>> last(TableReading.Server by) {
        return Optional.ofNullable(last).filter(reading -> reading.by().equals(by));
    }

    /** The table is unknown again: the server is not to be read. */
    void forget() {
        last = null;
        dueNanos = System.nanoTime();
        nextReadingNanos = dueNanos;
    }

    /**
     * Reads it; or only looks at the plan, when that says that it has to be read apart, or not yet.
     *
     * @param timeout of the collection
     * @throws SQLException when it is the connection that failed
     */
    void read(Connection connection, TableReading.Server by, Duration timeout) throws SQLException {
        long started = System.nanoTime();
        try {
            var check = check(connection, by, started);
            boolean whole = !check.wholeTable.isEmpty();
            boolean indexed = readsWhole && !whole;
            readsWhole = whole;
            if (whole && !pace.apart()) {
                pace = Pace.after(interval, Duration.ZERO, true);
                dueNanos = started;
                nextReadingNanos = started;
                return;
            }
            if (pace.apart() && !indexed && nextReadingNanos - started > 0) {
                dueNanos = started + Pace.seldom(interval).toNanos();
                return;
            }
            var numbers = numbers(connection, check.sql);
            var took = Duration.ofNanos(System.nanoTime() - started);
            pace = Pace.after(interval, took, whole);
            keep(started, timeout, by, Optional.of(check.wholeTable), Optional.of(numbers), note(check));
        } catch (Unreadable e) {
            failed(started, Duration.ZERO, timeout, by, Objects.requireNonNull(e.getMessage()));
        } catch (SQLException e) {
            if (!isOfTable(connection, e)) {
                throw e;
            }
            long worked = LOCK_TIMEOUT.equals(e.getSQLState()) ? started : System.nanoTime();
            failed(started, Duration.ofNanos(worked - started), timeout, by, message(e));
        }
    }

    private Checked check(Connection connection, TableReading.Server by, long now) throws SQLException, Unreadable {
        var before = checked;
        if (before != null && before.by.equals(by) && before.untilNanos - now > 0 && before.wholeTable.isEmpty()) {
            return before;
        }
        var catalog = Catalog.of(connection, table.table());
        var numbers = table.numbers(catalog);
        var wholeTable = Plan.of(connection, numbers).wholeTable(connection);
        var counters = table.counters(catalog);
        var zone = table.timeZone().isEmpty() ? "" : "SET TimeZone = '" + table.timeZone() + "'; ";
        var sql = SESSION + zone + "SET enable_seqscan = " + (wholeTable.isEmpty() ? "off" : "on") + "; "
                + (counters.isEmpty() ? "" : counters + "; ") + numbers;
        long until = now + interval.multipliedBy(CHECKED_FOR).toNanos();
        var after = new Checked(by, until, sql, wholeTable, table.shortcoming(catalog, role));
        checked = after;
        return after;
    }

    private N numbers(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            var results = new ArrayList<ResultSet>();
            for (boolean rows = statement.execute(sql);
                    rows || statement.getUpdateCount() >= 0;
                    rows = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)) {
                if (rows) {
                    results.add(statement.getResultSet());
                }
            }
            return table.read(List.copyOf(results));
        }
    }

    /** Whether it is the statement that failed, or its table, and the connection goes on. */
    private static boolean isOfTable(Connection connection, SQLException e) throws SQLException {
        var state = e.getSQLState();
        return !connection.isClosed() && state != null && !state.startsWith("08") && !state.startsWith("57P");
    }

    private String message(SQLException e) {
        var message = "table " + table.table() + ": " + PostgresErrors.message(e);
        if (!"42501".equals(e.getSQLState())) {
            return message;
        }
        var schema = table.table().schema().map(of -> "GRANT USAGE ON SCHEMA " + of + " TO " + role + "; ");
        return message + "; the role needs " + schema.orElse("") + table.grants(role);
    }

    private String note(Checked check) {
        if (check.wholeTable.isEmpty()) {
            return check.shortcoming.isEmpty() ? "" : table.title() + ": " + check.shortcoming;
        }
        return table.title() + ": no index serves, so all of the table " + check.wholeTable + " is read, once in "
                + Math.max(1, pace.every().toSeconds()) + " s; " + table.guide() + " has the index";
    }

    /** @param worked how long the server did so in vain */
    private void failed(long started, Duration worked, Duration timeout, TableReading.Server by, String message) {
        checked = null;
        pace = Pace.afterFailure(interval, worked);
        keep(started, timeout, by, Optional.empty(), Optional.empty(), table.title() + ": " + message);
    }

    private void keep(
            long started,
            Duration timeout,
            TableReading.Server by,
            Optional<String> wholeTable,
            Optional<N> numbers,
            String note) {
        long ended = System.nanoTime();
        long every = pace.every().toNanos();
        nextReadingNanos = started + every;
        dueNanos = started + Math.min(every, Pace.seldom(interval).toNanos());
        last = new TableReading<>(
                table,
                by,
                ended,
                ended + every + timeout.toNanos(),
                (ended - started) / 1e9,
                wholeTable,
                numbers,
                note);
    }
}
