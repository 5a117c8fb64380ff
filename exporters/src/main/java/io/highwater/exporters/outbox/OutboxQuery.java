// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.exporters.client.postgres.Catalog;
import io.highwater.exporters.client.postgres.TableName;
import io.highwater.exporters.client.postgres.Unreadable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that read one outbox, in one round trip.
 *
 * <p>Rows are counted in the order in which they were written, to one above the cap: what a backlog of millions costs
 * is bounded, and the oldest are always among those counted.
 */
record OutboxQuery(String name, OutboxTable of) implements WorkTable {

    private static final int LONGEST_KEY = 128;

    @Override
    public String title() {
        return "outbox " + name;
    }

    @Override
    public Optional<String> wake() {
        return of.wake();
    }

    @Override
    public boolean isIdle(Numbers numbers) {
        return numbers instanceof Numbers.Outbox outbox && outbox.pending().rows() == 0;
    }

    @Override
    public TableName table() {
        return of.name();
    }

    @Override
    public String grants(String role) {
        var columns = String.join(", ", of.columns().stream().distinct().toList());
        var conditions = of.dead().isPresent() || of.pending().isPresent();
        var grants = "GRANT SELECT (%s%s) ON %s TO %s"
                .formatted(columns, conditions ? ", and those of its conditions" : "", of.table(), role);
        return of.deadLetterTable()
                .map(other -> grants + "; GRANT SELECT ON " + other + " TO " + role)
                .orElse(grants);
    }

    @Override
    public String numbers(Catalog catalog) throws Unreadable {
        for (var column : of.columns()) {
            catalog.require(table(), column);
        }
        var created = catalog.time(table(), of.createdAt(), of.timeZone());
        var due = of.notBefore().isPresent()
                ? "greatest(" + created + ", "
                        + catalog.time(table(), of.notBefore().get(), of.timeZone()) + ")"
                : created;
        return """
                WITH due AS MATERIALIZED (
                    SELECT extract(epoch FROM %s)::float8 AS created, extract(epoch FROM %s)::float8 AS due,
                           %s AS key, %s AS retry
                      FROM %s WHERE %s ORDER BY %s LIMIT %d)
                SELECT grouping(key) AS total, key, count(*) AS rows, min(due) AS oldest, max(created) AS reached,
                       count(*) FILTER (WHERE retry) AS retries, count(DISTINCT key) AS keys,
                       extract(epoch FROM now())::float8 AS at, %s AS scheduled, %s AS dead
                  FROM due GROUP BY GROUPING SETS ((), (key))
                 ORDER BY total DESC, rows DESC, key LIMIT %d
                """.formatted(
                created,
                due,
                key(),
                of.attempts().map(column -> TableName.quoted(column) + " > 0").orElse("false"),
                table().sql(),
                alive() + isDue(catalog, "<=", " OR %1$s IS NULL"),
                TableName.quoted(of.createdAt()),
                of.cap() + 1,
                of.notBefore().isPresent() ? count(table(), alive() + isDue(catalog, ">", "")) : "NULL::bigint",
                dead(),
                of.partitionKey().isPresent() ? of.topKeys() + 1 : 1);
    }

    /** Of a long key its beginning: it becomes a label. */
    private String key() {
        return of.partitionKey()
                .map(TableName::quoted)
                .map(column -> "coalesce(nullif(left(" + column + "::text, " + LONGEST_KEY + "), ''), '(none)')")
                .orElse("''");
    }

    /** Rows that are to be processed, now or later. */
    private String alive() {
        return of.unprocessed()
                + of.dead().map(sql -> " AND (" + sql + ") IS NOT TRUE").orElse("");
    }

    private String isDue(Catalog catalog, String comparison, String orElse) {
        return of.notBefore()
                .map(column -> " AND (" + TableName.quoted(column) + " " + comparison + " "
                        + catalog.now(column, of.timeZone()) + orElse.formatted(TableName.quoted(column)) + ")")
                .orElse("");
    }

    private String dead() {
        return of.dead()
                .map(sql -> count(table(), of.unprocessed() + " AND (" + sql + ")"))
                .or(() -> of.deadLetterTable().map(other -> count(TableName.parse("deadLetterTable", other), "true")))
                .orElse("NULL::bigint");
    }

    private String count(TableName in, String where) {
        return "(SELECT count(*) FROM (SELECT FROM " + in.sql() + " WHERE " + where + " LIMIT " + (of.cap() + 1)
                + ") AS counted)";
    }

    /**
     * A sequence counts every row that was ever written, whatever happened to the server since, and those whose
     * transaction was rolled back. Where there is none, the server's statistics do, since they were last reset. Both are
     * those of the primary alone. What is numbered is read before who writes, and that before the rows: a row that was numbered is
     * then either seen, or its transaction is named, or it is gone.
     */
    @Override
    public String counters(Catalog catalog) {
        return """
                SELECT %s AS numbered, CASE WHEN NOT pg_is_in_recovery() THEN %s END AS enqueued,
                       CASE WHEN NOT pg_is_in_recovery() THEN %s END AS processed,
                       CASE WHEN NOT pg_is_in_recovery() THEN (
                           SELECT coalesce(array_agg(DISTINCT mode || ' ' || virtualtransaction), '{}') FROM pg_locks
                            WHERE locktype = 'relation' AND mode IN ('RowShareLock', 'RowExclusiveLock') AND granted
                              AND relation = %d
                              AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                       END AS locks
                """.formatted(numbering(catalog).isPresent(), enqueued(catalog), processed(catalog), catalog.oid());
    }

    private static String enqueued(Catalog catalog) {
        return numbering(catalog)
                .map(sequence -> "coalesce((pg_sequence_last_value(" + sequence.oid() + "::regclass) - "
                        + sequence.start() + ") / " + sequence.increment() + " + 1, 0)")
                .orElseGet(() -> statistic("pg_stat_get_tuples_inserted", catalog));
    }

    /** Where a sequence numbers rows, what was processed follows from it; an update that is counted may mean anything. */
    private String processed(Catalog catalog) {
        return numbering(catalog).isEmpty() && of.deletes()
                ? statistic("pg_stat_get_tuples_deleted", catalog)
                : "NULL::bigint";
    }

    /** Of a table; a view has none. */
    private static String statistic(String function, Catalog catalog) {
        var count =
                switch (catalog.kind()) {
                    case "r" -> function + "(" + catalog.oid() + ")";
                    case "p" ->
                        "(SELECT sum(" + function + "(relid))::bigint FROM pg_partition_tree(" + catalog.oid()
                                + "::regclass) WHERE isleaf)";
                    default -> "NULL::bigint";
                };
        return "CASE WHEN current_setting('track_counts') = 'on' THEN " + count + " END";
    }

    private static Optional<Catalog.Sequence> numbering(Catalog catalog) {
        return catalog.sequence().filter(sequence -> sequence.readable() && !sequence.cached());
    }

    @Override
    public String shortcoming(Catalog catalog, String role) {
        return catalog.sequence()
                .filter(sequence -> !sequence.readable())
                .map(sequence -> "what is enqueued is counted less exactly without GRANT SELECT ON SEQUENCE "
                        + sequence.name() + " TO " + role)
                .orElse("");
    }

    @Override
    public Numbers read(List<ResultSet> results) throws SQLException {
        var counts = results.getFirst();
        counts.next();
        var rows = results.getLast();
        rows.next();
        var pending = Numbers.Count.of(rows.getLong("rows"), of.cap());
        var oldest = optionalDouble(rows, "oldest");
        // Beyond the cap there may be rows that were written later and could be processed earlier.
        if (pending.capped() && oldest.orElse(0) > rows.getDouble("reached")) {
            oldest = OptionalDouble.empty();
        }
        double at = rows.getDouble("at");
        var scheduled = count(optionalLong(rows, "scheduled"));
        var dead = count(optionalLong(rows, "dead"));
        var retries = optionalLong(rows, "retries");
        var keys = optionalLong(rows, "keys");
        var remaining = Stream.of(Stream.of(pending), scheduled.stream(), dead.stream())
                .flatMap(counted -> counted)
                .toList();
        return new Numbers.Outbox(
                at,
                pending,
                scheduled,
                oldest,
                dead,
                of.attempts().isPresent() ? retries : OptionalLong.empty(),
                of.partitionKey().isPresent() ? keys : OptionalLong.empty(),
                keys(rows),
                counters(counts, remaining));
    }

    private static List<Numbers.Key> keys(ResultSet rows) throws SQLException {
        var keys = new ArrayList<Numbers.Key>();
        while (rows.next()) {
            keys.add(new Numbers.Key(rows.getString("key"), rows.getLong("rows"), optionalDouble(rows, "oldest")));
        }
        return keys;
    }

    /** A replica knows none. */
    private static Numbers.Counters counters(ResultSet row, List<Numbers.Count> remaining) throws SQLException {
        var held = row.getArray("locks");
        if (held == null) {
            return Numbers.Counters.UNKNOWN;
        }
        var locks = List.of((String[]) held.getArray());
        var enqueued = optionalLong(row, "enqueued");
        Optional<Numbers.Numbering> numbering = row.getBoolean("numbered")
                ? Optional.of(new Numbers.Numbering(
                        enqueued.orElseThrow(), sum(remaining), holdersOf("RowExclusiveLock ", locks)))
                : Optional.empty();
        var workers = OptionalLong.of(holdersOf("RowShareLock ", locks).size());
        return new Numbers.Counters(enqueued, optionalLong(row, "processed"), workers, numbering);
    }

    private static Set<String> holdersOf(String mode, List<String> locks) {
        return locks.stream()
                .filter(lock -> lock.startsWith(mode))
                .map(lock -> lock.substring(mode.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static OptionalLong sum(List<Numbers.Count> counts) {
        return counts.stream().anyMatch(Numbers.Count::capped)
                ? OptionalLong.empty()
                : OptionalLong.of(counts.stream().mapToLong(Numbers.Count::rows).sum());
    }

    private Optional<Numbers.Count> count(OptionalLong rows) {
        return rows.isPresent() ? Optional.of(Numbers.Count.of(rows.getAsLong(), of.cap())) : Optional.empty();
    }

    static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static OptionalDouble optionalDouble(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
