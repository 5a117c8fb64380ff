// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.Target;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the store itself knows of targets and snapshots, read when it is asked: what left the store is gone from here, and
 * what was never seen is absent.
 */
record StoreState(SnapshotStore store) implements MultiCollector {

    @Override
    public MetricSnapshots collect() {
        long now = System.nanoTime();
        return new MetricSnapshots(
                gauge(
                        OwnFamily.TARGET_UP,
                        store.pulses().stream()
                                .map(SnapshotStore.Pulse::slot)
                                .filter(slot -> slot.latest().isPresent())
                                .map(slot -> point(labels(slot.target()), slot.up(now) ? 1 : 0))),
                gauge(OwnFamily.AGE, points(Slot::lastStanding, shown -> (now - shown.endedNanos()) / 1e9)),
                gauge(
                        OwnFamily.LAST_SUCCESS,
                        points(Slot::lastGood, good -> good.at().toEpochMilli() / 1e3)));
    }

    /** One for each slot that has such a collection. */
    private Stream<GaugeDataPointSnapshot> points(
            Function<Slot, Optional<Snapshot>> which, ToDoubleFunction<Snapshot> value) {
        return store.slots().stream()
                .flatMap(slot ->
                        which.apply(slot).map(snapshot -> point(labels(slot), value.applyAsDouble(snapshot))).stream());
    }

    private static GaugeSnapshot gauge(OwnFamily family, Stream<GaugeDataPointSnapshot> points) {
        List<GaugeDataPointSnapshot> all = points.toList();
        var snapshot = GaugeSnapshot.builder().name(family.name()).help(family.help());
        all.forEach(snapshot::dataPoint);
        return snapshot.build();
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static Labels labels(Target target) {
        return Labels.of(
                "cluster", target.cluster(),
                "component", target.component(),
                "node", target.node());
    }

    private static Labels labels(Slot slot) {
        return labels(slot.target()).add("collector", slot.collector());
    }
}
