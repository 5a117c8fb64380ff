// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import io.highwater.scaler.engine.PolicyMetric;
import io.highwater.scaler.engine.Scaler;
import io.highwater.scaler.policy.Decision;
import io.highwater.scaler.signal.SignalState;
import io.highwater.scaler.signal.SignalState.Quality;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The signals and what the policies made of them, as gauges. */
final class ScalingState implements MultiCollector {

    private final Scaler scaler;

    ScalingState(Scaler scaler) {
        this.scaler = scaler;
    }

    @Override
    public MetricSnapshots collect() {
        long now = System.nanoTime();
        var gauges = new Gauges();
        for (var metric : scaler.signals()) {
            add(gauges, metric.name(), metric.signal().state(now));
        }
        for (var metric : scaler.policies()) {
            metric.decision().ifPresent(decision -> add(gauges, metric, decision));
        }
        return gauges.snapshots();
    }

    private static void add(Gauges gauges, String name, SignalState state) {
        var labels = Labels.of("signal", name);
        if (state.quality() != Quality.DEAD) {
            gauges.add(OwnFamily.SIGNAL_VALUE, labels, state.sum());
        }
        if (!state.values().isEmpty()) {
            gauges.add(OwnFamily.SIGNAL_AGE, labels, state.age().toNanos() / 1e9);
        }
        for (var quality : Quality.values()) {
            gauges.add(
                    OwnFamily.SIGNAL_QUALITY,
                    labels.add("quality", quality.toString()),
                    state.quality() == quality ? 1 : 0);
        }
    }

    private static void add(Gauges gauges, PolicyMetric metric, Decision decision) {
        var labels = Labels.of(
                "policy", metric.name(), "namespace", metric.policy().workload().namespace());
        gauges.add(OwnFamily.POLICY_WANTED, labels, decision.wanted());
        gauges.add(OwnFamily.POLICY_REPLICAS, labels, decision.replicas());
        decision.running().ifPresent(running -> gauges.add(OwnFamily.POLICY_RUNNING, labels, running.desired()));
        gauges.add(OwnFamily.POLICY_HELD, labels, decision.held() ? 1 : 0);
        decision.leastCaps()
                .forEach((guard, replicas) -> gauges.add(OwnFamily.POLICY_CAP, labels.add("guard", guard), replicas));
    }

    /** Points by family, in the order of their coming. */
    private static final class Gauges {
        private final Map<OwnFamily, List<GaugeDataPointSnapshot>> points = new LinkedHashMap<>();

        void add(OwnFamily family, Labels labels, double value) {
            points.computeIfAbsent(family, _ -> new ArrayList<>())
                    .add(GaugeDataPointSnapshot.builder()
                            .labels(labels)
                            .value(value)
                            .build());
        }

        void add(OwnFamily family, Labels labels, OptionalDouble value) {
            value.ifPresent(known -> add(family, labels, known));
        }

        void add(OwnFamily family, Labels labels, OptionalInt value) {
            value.ifPresent(known -> add(family, labels, known));
        }

        MetricSnapshots snapshots() {
            return new MetricSnapshots(points.entrySet().stream()
                    .<MetricSnapshot>map(entry -> {
                        var family = entry.getKey();
                        var snapshot =
                                GaugeSnapshot.builder().name(family.name()).help(family.help());
                        entry.getValue().forEach(snapshot::dataPoint);
                        return snapshot.build();
                    })
                    .toList());
        }
    }
}
