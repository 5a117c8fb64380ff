// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Targets, slots and snapshots as tests need them. */
final class Specimens {

    static final Family UP = Family.gauge("db_up", "Whether it answers.");
    static final Family SIZE = Family.gauge("db_size_bytes", "How large.").by("datname");
    static final Family COMMITS = Family.counter("db_commits_total", "Commits.");
    static final Schedule MINUTELY = Schedule.of(Duration.ofMinutes(1), Duration.ofMinutes(1));

    private Specimens() {}

    static Target target(String node) {
        return new Target("orders", "db", node, Map.of());
    }

    static Slot slot(String node, String collector, Schedule schedule) {
        return new Slot(target(node), collector, schedule);
    }

    static Slot slot(String node, String collector) {
        return slot(node, collector, MINUTELY);
    }

    /** What a collection that ended just now saw. */
    static Snapshot collected(Slot slot, Consumer<Samples> samples) {
        var of = Samples.of(slot.target());
        samples.accept(of);
        return Snapshot.collected(slot.target(), slot.collector(), System.nanoTime(), of);
    }

    static Snapshot failed(Slot slot, Reason reason) {
        return Snapshot.failed(slot.target(), slot.collector(), System.nanoTime(), reason, "no");
    }

    static Snapshot aged(Snapshot snapshot, Duration by) {
        return new Snapshot(
                snapshot.target(),
                snapshot.collector(),
                snapshot.at().minus(by),
                snapshot.startedNanos() - by.toNanos(),
                snapshot.endedNanos() - by.toNanos(),
                snapshot.outcome(),
                snapshot.lines(),
                snapshot.fact(),
                snapshot.dropped());
    }

    /** A store with these slots, each the pulse of its target. */
    static SnapshotStore storeOf(Slot... slots) {
        var store = new SnapshotStore();
        var all = List.of(slots);
        store.add(
                all, all.stream().map(slot -> new SnapshotStore.Pulse(slot, UP)).toList());
        return store;
    }

    /** The value of the one line that starts so; empty when there is none. */
    static Optional<Double> value(String text, String start) {
        return text.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce((one, other) -> {
                    throw new AssertionError("more than one line starts with " + start);
                });
    }
}
