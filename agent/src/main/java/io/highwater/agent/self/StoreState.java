// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import io.highwater.core.Slot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.Target;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.List;
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
                gauge(OwnFamily.AGE, good().map(slot -> point(labels(slot), age(slot, now)))),
                gauge(OwnFamily.LAST_SUCCESS, good().map(slot -> point(labels(slot), lastSuccess(slot)))));
    }

    private Stream<Slot> good() {
        return store.slots().stream().filter(slot -> slot.lastGood().isPresent());
    }

    private static double age(Slot slot, long now) {
        return (now - slot.lastGood().orElseThrow().endedNanos()) / 1e9;
    }

    private static double lastSuccess(Slot slot) {
        Instant at = slot.lastGood().orElseThrow().at();
        return at.toEpochMilli() / 1e3;
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
