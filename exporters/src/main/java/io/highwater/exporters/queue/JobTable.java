// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Globs;
import io.highwater.exporters.client.postgres.Predicate;
import io.highwater.exporters.client.postgres.TableLimits;
import io.highwater.exporters.client.postgres.TableName;
import io.highwater.exporters.queue.JobSlice.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One table of jobs in Postgres, or the tables of one library: what its columns mean. */
public record JobTable(
        @Doc("the library whose tables they are; then of the other keys schema, queues, timeZone and cap alone")
        Optional<JobLibrary> layout,

        @Doc("the schema of the library's tables, when it is not where the library has them by default")
        Optional<String> schema,

        @Doc("schema.table, as the catalog has it, of a table of no such library")
        Optional<String> table,

        @Doc("the column with a job's queue; without it the table is one queue")
        Optional<String> queue,

        @Doc("the column with a job's state") Optional<String> state,

        @Doc(
                "jobs that wait: the words for it in the column state, or else a condition in SQL; all, when there is none")
        @Default("[]")
        List<String> waiting,

        @Doc("likewise, jobs that are worked on") @Default("[]")
        List<String> active,

        @Doc("likewise, jobs that somebody has to make waiting ones when their time has come") @Default("[]")
        List<String> delayed,

        @Doc("likewise, jobs that nobody will try again") @Default("[]")
        List<String> failed,

        @Doc("when a job may be started at the earliest; until then one that waits counts as delayed")
        Optional<String> runAt,

        @Doc("when a job was added: timestamptz, or timestamp in timeZone; created_at when left out")
        Optional<String> createdAt,

        @Doc("when an active job was started") Optional<String> startedAt,

        @Doc("when a failed job failed") Optional<String> finishedAt,

        @Doc(
                "the queues that are watched; * stands for any text. Those without * are watched even before they have jobs")
        @Default("['*']")
        List<String> queues,

        @Doc("the time zone of timestamp columns that have none") @Default("UTC")
        String timeZone,

        @Doc("how far jobs of one state are counted, those of all queues together") @Default("10000")
        int cap) {

    public JobTable {
        if (layout.isPresent()) {
            if (Stream.of(table, queue, state, runAt, createdAt, startedAt, finishedAt)
                            .anyMatch(Optional::isPresent)
                    || Stream.of(waiting, active, delayed, failed).anyMatch(of -> !of.isEmpty())) {
                throw new IllegalArgumentException(
                        "layout: knows the library's tables; with it write schema, queues, timeZone and cap alone");
            }
            schema.ifPresent(name -> TableName.check("schema", name));
        } else {
            checkTable(schema, table);
            checkColumns(queue, state, runAt, createdAt, startedAt, finishedAt);
            checkStates(state, waiting, active, delayed, failed);
            checkTimes(startedAt, active, finishedAt, failed);
        }
        if (queues.isEmpty()) {
            throw new IllegalArgumentException("queues: name at least one, or leave the key out for all");
        }
        TableLimits.checkTimeZone(timeZone);
        TableLimits.checkCap(cap);
    }

    private static void checkTable(Optional<String> schema, Optional<String> table) {
        if (table.isEmpty()) {
            throw new IllegalArgumentException("table: write schema.table, or layout for the tables of a library");
        }
        if (schema.isPresent()) {
            throw new IllegalArgumentException("schema: is for a layout; write table: schema.table");
        }
        TableName.parse("table", table.get());
    }

    @SafeVarargs
    private static void checkColumns(Optional<String>... columns) {
        var keys = List.of("queue", "state", "runAt", "createdAt", "startedAt", "finishedAt");
        for (int i = 0; i < columns.length; i++) {
            var key = keys.get(i);
            columns[i].ifPresent(column -> TableName.check(key, column));
        }
    }

    private static void checkStates(
            Optional<String> column,
            List<String> waiting,
            List<String> active,
            List<String> delayed,
            List<String> failed) {
        var states = new LinkedHashMap<String, List<String>>();
        states.put("waiting", waiting);
        states.put("active", active);
        states.put("delayed", delayed);
        states.put("failed", failed);
        boolean some = states.values().stream().anyMatch(of -> !of.isEmpty());
        if (waiting.isEmpty() && (some || column.isPresent())) {
            throw new IllegalArgumentException("waiting: say which jobs wait, since not all of them do");
        }
        states.forEach((key, of) -> check(key, of, column.isPresent()));
    }

    private static void check(String key, List<String> of, boolean words) {
        if (words) {
            if (of.stream().anyMatch(word -> word.contains("\\") || word.chars().anyMatch(Character::isISOControl))) {
                throw new IllegalArgumentException(key + ": a state is a word without \\");
            }
        } else if (of.size() > 1) {
            throw new IllegalArgumentException(key + ": write one condition, or the column with the words under state");
        } else {
            of.forEach(condition -> Predicate.check(key, condition));
        }
    }

    private static void checkTimes(
            Optional<String> startedAt, List<String> active, Optional<String> finishedAt, List<String> failed) {
        if (startedAt.isPresent() && active.isEmpty()) {
            throw new IllegalArgumentException("startedAt: say under active which jobs are");
        }
        if (finishedAt.isPresent() && failed.isEmpty()) {
            throw new IllegalArgumentException("finishedAt: say under failed which jobs are");
        }
    }

    /** The label layout of its queues. */
    String label() {
        return layout.map(JobLibrary::toString).orElse("table");
    }

    /** Whether it is one queue, which has the table's configured name. */
    boolean isOne() {
        return layout.isEmpty() && queue.isEmpty();
    }

    /** A queue as it is shown: before its own name stands the table's, unless that is its layout's. */
    QueueName queueName(String name, String ofQueue) {
        var prefix = name.equals(label()) ? "" : name + ":";
        return new QueueName(
                isOne() ? name : prefix + ofQueue, label(), "postgres", new QueueName.Place(name, ofQueue));
    }

    boolean takes(String ofQueue) {
        return isOne() || ofQueue.equals(QueuesSettings.TOGETHER) || Globs.any(queues, ofQueue);
    }

    /** Queues that are there whether they have jobs or not. */
    List<String> given() {
        if (isOne()) {
            return List.of(JobQuery.NO_QUEUE);
        }
        boolean workers = layout.stream()
                .flatMap(library -> library.slices().stream())
                .anyMatch(slice -> slice.kind() == Kind.WORKERS);
        return Stream.concat(QueuesSettings.literal(queues), workers ? Stream.of(QueuesSettings.TOGETHER) : Stream.of())
                .toList();
    }

    /** What is asked, under the name that the table has in the configuration. */
    List<JobQuery> queries(String name) {
        var slices = layout.map(JobLibrary::slices).orElseGet(this::slices);
        return slices.stream().map(slice -> new JobQuery(name, this, slice)).toList();
    }

    /** The table of a slice. */
    TableName tableOf(JobSlice slice) {
        return layout.map(library -> new TableName(Optional.of(schema.orElse(library.schema())), slice.table()))
                .orElseGet(() -> TableName.parse("table", slice.table()));
    }

    /** The columns that are read, as GRANT SELECT has them; of a table with conditions nobody knows. */
    List<String> rights() {
        return layout.map(library -> library.rights().stream()
                        .map(right -> right.replace(JobSlice.SCHEMA, schema.orElse(library.schema())))
                        .toList())
                .orElseGet(() -> List.of("ON " + table.orElseThrow()));
    }

    private List<JobSlice> slices() {
        var slices = new ArrayList<JobSlice>();
        var created = TableName.quoted(createdAt.orElse("created_at"));
        var waits = waiting.isEmpty() ? "true" : condition(waiting);
        var starts = runAt.map(TableName::quoted);
        boolean splits = delayed.isEmpty() && starts.isPresent();
        var due = splits ? " AND (" + starts.get() + " IS NULL OR " + starts.get() + " <= now())" : "";
        var since = starts.map(column -> "greatest(" + created + ", " + column + ")")
                .orElse(created);
        slices.add(slice(Kind.WAITING, "waiting", since, waits + due).by(created));
        if (splits) {
            slices.add(slice(Kind.DELAYED, "delayed", starts.get(), waits + " AND " + starts.get() + " > now()")
                    .by(starts.get()));
        }
        add(slices, starts.isPresent() ? Kind.PROMOTED : Kind.OTHER, "delayed", delayed, starts);
        add(slices, Kind.ACTIVE, "active", active, startedAt.map(TableName::quoted));
        add(slices, Kind.FAILED, "failed", failed, finishedAt.map(TableName::quoted));
        return slices;
    }

    private void add(List<JobSlice> slices, Kind kind, String name, List<String> of, Optional<String> since) {
        if (!of.isEmpty()) {
            slices.add(slice(kind, name, since.orElse("NULL"), condition(of)).by(since.orElse("")));
        }
    }

    private JobSlice slice(Kind kind, String name, String since, String where) {
        return JobSlice.of(
                kind, name, table.orElseThrow(), queue.map(TableName::quoted).orElse("''"), since, where);
    }

    /** With the words as constants, so that a partial index for them serves. */
    private String condition(List<String> of) {
        return state.map(column -> TableName.quoted(column)
                        + of.stream()
                                .map(word -> "'" + word.replace("'", "''") + "'")
                                .collect(Collectors.joining(", ", " IN (", ")")))
                .orElseGet(() -> "(" + of.getFirst() + ")");
    }
}
