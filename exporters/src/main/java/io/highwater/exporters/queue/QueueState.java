// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Backlog;
import io.highwater.core.Histogram;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is known of one queue at one moment. Filled by the collection that reads it, and not changed after that. */
final class QueueState {

    private final QueueName name;
    private final long readNanos;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<Measure, Double> measures = new EnumMap<>(Measure.class);
    private OptionalDouble items = OptionalDouble.empty();
    private OptionalLong arrivals = OptionalLong.empty();
    private OptionalLong completions = OptionalLong.empty();
    private OptionalDouble oldestPending = OptionalDouble.empty();
    private final List<String> notes = new ArrayList<>();
    private @Nullable String version;
    private @Nullable Histogram wait;
    private @Nullable Histogram run;

    QueueState(QueueName name) {
        this(name, System.nanoTime());
    }

    /** @param readNanos when it was read, on the {@link System#nanoTime} scale */
    QueueState(QueueName name, long readNanos) {
        this.name = name;
        this.readNanos = readNanos;
    }

    QueueName name() {
        return name;
    }

    /** How many jobs are in a state. */
    QueueState count(String state, long jobs) {
        counts.put(state, Math.max(0, jobs));
        return this;
    }

    long count(String state) {
        return counts.getOrDefault(state, 0L);
    }

    Map<String, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    QueueState put(Measure measure, double value) {
        measures.put(measure, value);
        return this;
    }

    QueueState put(Measure measure, boolean holds) {
        return put(measure, holds ? 1 : 0);
    }

    QueueState put(Measure measure, OptionalDouble value) {
        value.ifPresent(known -> put(measure, known));
        return this;
    }

    QueueState put(Measure measure, OptionalLong value) {
        value.ifPresent(known -> put(measure, (double) known));
        return this;
    }

    Map<Measure, Double> measures() {
        return Collections.unmodifiableMap(measures);
    }

    /** Since when the longest-waiting job could have been started; empty when none waits. Both in seconds since 1970. */
    QueueState oldestWaiting(OptionalDouble since, double now) {
        put(Measure.OLDEST_WAITING_AGE, Math.max(0, now - since.orElse(now)));
        return put(Measure.OLDEST_WAITING_TIMESTAMP, since);
    }

    /** How many jobs are due that nobody has made ready, and since when the first is; both in seconds since 1970. */
    QueueState overdue(long jobs, OptionalDouble since, double now) {
        put(Measure.DELAYED_OVERDUE_JOBS, (double) jobs);
        return put(Measure.DELAYED_OVERDUE, Math.max(0, now - since.orElse(now)));
    }

    /** Since when the oldest job is there that is with a worker, where that is known; both in seconds since 1970. */
    QueueState oldestPending(double since, double now) {
        oldestPending = OptionalDouble.of(Math.max(0, now - since));
        return put(Measure.OLDEST_PENDING_AGE, oldestPending);
    }

    /** Says what is not known of it, and why. */
    QueueState note(String note) {
        notes.add(note);
        return this;
    }

    List<String> notes() {
        return Collections.unmodifiableList(notes);
    }

    QueueState version(Optional<String> newVersion) {
        version = newVersion.orElse(null);
        return this;
    }

    Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** Of the thread that fills this; it may go on with them. */
    QueueState times(Histogram waits, Histogram runs) {
        wait = waits.copy();
        run = runs.copy();
        return this;
    }

    Optional<Histogram> waits() {
        return Optional.ofNullable(wait);
    }

    Optional<Histogram> runs() {
        return Optional.ofNullable(run);
    }

    /** Of the work that is to be done: how many jobs, and how many ever came or were done with, as far as known. */
    QueueState backlog(double newItems, OptionalLong newArrivals, OptionalLong newCompletions) {
        items = OptionalDouble.of(Math.max(0, newItems));
        arrivals = newArrivals;
        completions = newCompletions;
        return this;
    }

    /** The same for the rates. */
    Backlog backlog() {
        var waiting = measures.get(Measure.OLDEST_WAITING_AGE);
        return new Backlog(
                "queue",
                name.key(),
                items,
                waiting == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Math.max(waiting, oldestPending.orElse(0))),
                arrivals,
                completions,
                readNanos);
    }
}
