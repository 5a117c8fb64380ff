// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A store whose collections happen when a test says so, in its own time. */
public final class VirtualStore {

    /** The first moment, by the wall clock. */
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final SnapshotStore store = new SnapshotStore();
    private final CollectionObserver observer;
    private Duration now = Duration.ZERO;

    /** @param observer is told of each collection, as it would be of real ones */
    public VirtualStore(CollectionObserver observer) {
        this.observer = observer;
    }

    public SnapshotStore store() {
        return store;
    }

    /** A collector that is there, with samples that are good for 3 s; those named "pulse" say whether their target is up. */
    public Slot slot(Target target, String collector, Family up) {
        var schedule = Schedule.of(Duration.ofSeconds(1), Duration.ofSeconds(2));
        var slot = new Slot(target, collector, schedule);
        store.add(List.of(slot), collector.equals("pulse") ? List.of(new SnapshotStore.Pulse(slot, up)) : List.of());
        return slot;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    public long nanos() {
        return now.toNanos();
    }

    public Instant instant() {
        return START.plus(now);
    }

    /** A collection that ends now, well. */
    public void collect(Slot slot, Consumer<Samples> with) {
        var samples = Samples.of(slot.target());
        with.accept(samples);
        publish(
                slot,
                new Snapshot(
                        slot.target(),
                        slot.collector(),
                        instant(),
                        nanos(),
                        nanos(),
                        new Outcome.Collected(List.of()),
                        samples.freeze(),
                        samples.fact(),
                        Map.of()));
    }

    /** A collection that ends now, with nothing. */
    public void fail(Slot slot) {
        publish(
                slot,
                new Snapshot(
                        slot.target(),
                        slot.collector(),
                        instant(),
                        nanos(),
                        nanos(),
                        new Outcome.Failed(Reason.TIMEOUT, "no end within 2000 ms"),
                        List.of(),
                        Optional.empty(),
                        Map.of()));
    }

    private void publish(Slot slot, Snapshot snapshot) {
        observer.collected(slot, snapshot);
        store.publish(slot, snapshot);
    }
}
