// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.CollectionObserver;
import io.highwater.core.ComponentPlan;
import io.highwater.core.Exporter;
import io.highwater.core.Exposition;
import io.highwater.core.Fleet;
import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.core.Schedule;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.TextFormat;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An exporter at work on real servers, and the page that it gives. */
public final class Watched implements AutoCloseable {

    private final SnapshotStore store = new SnapshotStore();
    private final Exposition exposition = new Exposition(store, (_, _) -> new byte[0]);
    private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> skips = new ConcurrentHashMap<>();
    private final Map<String, Long> lastStarts = new ConcurrentHashMap<>();
    private final AtomicLong longestGapNanos = new AtomicLong();
    private final Fleet fleet = new Fleet(store, new CollectionObserver() {
        @Override
        public void collected(Slot slot, Snapshot snapshot) {
            runs.computeIfAbsent(key(slot), _ -> new AtomicInteger()).incrementAndGet();
            var before = lastStarts.put(key(slot), snapshot.startedNanos());
            if (before != null) {
                longestGapNanos.accumulateAndGet(snapshot.startedNanos() - before, Math::max);
            }
        }

        @Override
        public void skipped(Slot slot, Skip why) {
            skips.computeIfAbsent(key(slot), _ -> new AtomicInteger()).incrementAndGet();
        }
    });

    private Watched() {}

    private static String key(Slot slot) {
        return slot.target().node() + "/" + slot.collector();
    }

    /** Every collector at the same interval, else as the exporter has it. */
    public static <S extends Record> Watched by(Exporter<S> exporter, String cluster, S settings, Duration interval) {
        return by(exporter, cluster, settings, interval, Duration.ofDays(1));
    }

    /** The same, with a deadline that is no later than this. */
    public static <S extends Record> Watched by(
            Exporter<S> exporter, String cluster, S settings, Duration interval, Duration latest) {
        var watched = new Watched();
        var schedules = new LinkedHashMap<String, Schedule>();
        for (var spec : exporter.collectors()) {
            var own = spec.schedule().timeout();
            var timeout = own.compareTo(latest) < 0 ? own : latest;
            var maxSeries = spec.schedule().maxSeries();
            schedules.put(spec.name(), new Schedule(interval, timeout, interval.plus(timeout), maxSeries));
        }
        watched.fleet.apply(
                List.of(new ComponentPlan<>(cluster, Optional.empty(), Map.of(), exporter, settings, schedules)));
        return watched;
    }

    public SnapshotStore store() {
        return store;
    }

    public Fleet fleet() {
        return fleet;
    }

    public String page() {
        return exposition.render(TextFormat.PROMETHEUS, Set.of(), false).toString();
    }

    /** The value of the one series with that name and those labels; empty when there is none. */
    public OptionalDouble value(String family, String... labels) {
        return valueOn(page(), family, labels);
    }

    /** As {@link #value}, of a page that was taken before. */
    public static OptionalDouble valueOn(String page, String family, String... labels) {
        var matches = linesOn(page, family, labels);
        if (matches.size() > 1) {
            throw new AssertionError("more than one series: " + matches);
        }
        return matches.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(matches.getFirst()
                        .substring(matches.getFirst().lastIndexOf(' ') + 1)
                        .replace("+Inf", "Infinity")));
    }

    /** Whether that one series is there and has that value. */
    public boolean is(double value, String family, String... labels) {
        return value(family, labels).equals(OptionalDouble.of(value));
    }

    /** All series with that name and those labels; a label that is to be empty is one that is not there. */
    public List<String> lines(String family, String... labels) {
        return linesOn(page(), family, labels);
    }

    private static List<String> linesOn(String page, String family, String... labels) {
        return page.lines()
                .filter(line -> line.startsWith(family + "{"))
                .filter(line -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        var start = labels[i] + "=\"";
                        var fits = labels[i + 1].isEmpty()
                                ? !line.contains(start)
                                : line.contains(start + labels[i + 1] + "\"");
                        if (!fits) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    /** How the newest collection ended. */
    public Optional<Outcome> outcome(String node, String collector) {
        return store.slots().stream()
                .filter(slot ->
                        slot.target().node().equals(node) && slot.collector().equals(collector))
                .findFirst()
                .flatMap(Slot::latest)
                .map(Snapshot::outcome);
    }

    /** Why the newest collection failed; empty when it did not, or there was none. */
    public Optional<Reason> reason(String node, String collector) {
        return outcome(node, collector)
                .flatMap(outcome -> outcome instanceof Outcome.Failed(Reason reason, String _)
                        ? Optional.of(reason)
                        : Optional.empty());
    }

    public int runs(String node, String collector) {
        return runs.getOrDefault(node + "/" + collector, new AtomicInteger()).get();
    }

    public int skips(String node, String collector) {
        return skips.getOrDefault(node + "/" + collector, new AtomicInteger()).get();
    }

    /** The longest time between two collections of one collector so far; what is derived from two is no more exact. */
    public Duration longestGap() {
        return Duration.ofNanos(longestGapNanos.get());
    }

    /** Fails unless collections failed last, and each says why in words. */
    public void assertMessagesAreForPeople() {
        var failures = new TreeMap<String, String>();
        for (var slot : store.slots()) {
            if (slot.latest().map(Snapshot::outcome).orElse(null) instanceof Outcome.Failed failed) {
                failures.put(slot.target().name() + "/" + slot.collector(), failed.message());
            }
        }
        assertThat(failures)
                .isNotEmpty()
                .allSatisfy((_, message) -> assertThat(message)
                        .isNotBlank()
                        .hasSizeLessThan(600)
                        .doesNotContain("Exception")
                        .doesNotContainPattern("(?<!')\\bnull\\b"));
    }

    @Override
    public void close() {
        fleet.close();
    }
}
