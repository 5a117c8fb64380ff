// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import io.highwater.lab.ControlPlane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An autoscaler of a real cluster and ours, which see the same: whenever the real one has asked for its last metric, ours
 * decides by the replicas of that moment, and what the real one decided shows in the cluster when it asks the next time.
 */
final class Trial implements NumberSource.Reader {

    private static final long NODE_MILLIS = 300;

    /** What both made of one look: the replicas, and the reasons of their conditions. */
    record Decision(int before, int ours, int real, Map<String, String> oursBecause, Map<String, String> realBecause) {

        boolean agrees() {
            return ours == real && oursBecause.equals(realBecause);
        }

        @Override
        public String toString() {
            return agrees()
                    ? String.valueOf(real)
                    : "[ours %d %s, real %d %s]".formatted(ours, oursBecause, real, realBecause);
        }
    }

    private final Scenario scenario;
    private final String namespace;
    private final ControlPlane plane;
    private final HpaController ours;
    private final List<MetricResult> seen = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private List<String> running = List.of();
    private int looks;
    private Scale scale;
    private @Nullable Result result;

    Trial(Scenario scenario, String namespace, ControlPlane plane, ControllerFlags flags) {
        this.scenario = scenario;
        this.namespace = namespace;
        this.plane = plane;
        this.ours = new HpaController(scenario.spec(), flags);
        this.scale = Scale.of(scenario.start());
    }

    void createWorkload() {
        plane.createNamespace(namespace);
        plane.createDeployment(namespace, "worker", scenario.start());
        plane.runPods(namespace);
    }

    String manifest() {
        return HpaManifest.of(namespace, scenario.spec());
    }

    @Override
    public synchronized MetricResult read(String metric) {
        int index = scenario.indexOf(metric);
        if (index == 0) {
            begin();
        }
        var answer = answer(index);
        seen.add(answer);
        if (seen.size() == scenario.scripts().size()) {
            result = ours.sync(Instant.now(), scale, seen);
            looks++;
        }
        return answer;
    }

    private MetricResult answer(int index) {
        var written = scenario.result(index, looks);
        return written instanceof MetricResult.Values values
                        && scenario.spec().metrics().get(index) instanceof MetricSpec.Utilization
                ? pods(values.milli())
                : written;
    }

    /** The percentage of each pod, and how many say nothing. */
    private MetricResult.Pods pods(List<Long> milli) {
        int silent = milli.size() > 1 ? (int) (milli.get(1) / 1000) : 0;
        int measured = running.size() - silent;
        long usage = measured * milli.getFirst() * NumberSource.REQUEST_MILLI / 100_000;
        return new MetricResult.Pods(
                measured, scale.status() - running.size(), silent, usage, NumberSource.REQUEST_MILLI);
    }

    @Override
    public synchronized List<String> pods() {
        return running;
    }

    private void begin() {
        var replicas = plane.deployment(namespace, "worker");
        if (result == null && scenario.start() > scenario.spec().maxReplicas()) { // for that it did not have to ask
            var unasked = Collections.nCopies(scenario.scripts().size(), new MetricResult.Failed(""));
            result = ours.sync(Instant.now().minus(HpaAgainstKubernetesTest.SYNC), scale, unasked);
        }
        if (result != null) {
            decisions.add(new Decision(
                    scale.spec(),
                    result.desired(),
                    replicas.asked(),
                    reasons(result),
                    new TreeMap<>(plane.autoscalerReasons(namespace, "worker"))));
        }
        running = scenario.countsReadyPods() ? plane.runningPods(namespace) : List.of();
        scale = new Scale(replicas.asked(), replicas.existing(), running.size());
        seen.clear();
        if (scenario.countsReadyPods()) { // after it has counted them
            CompletableFuture.delayedExecutor(NODE_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> plane.runPods(namespace));
        }
    }

    private static Map<String, String> reasons(Result result) {
        return result.conditions().stream()
                .collect(Collectors.toMap(
                        one -> one.type().toString(), Condition::reason, (one, _) -> one, TreeMap::new));
    }

    synchronized List<Decision> decisions() {
        return List.copyOf(decisions.subList(0, Math.min(decisions.size(), scenario.looks())));
    }

    boolean agrees() {
        return decisions().stream().allMatch(Decision::agrees);
    }

    boolean isDone() {
        return decisions().size() == scenario.looks();
    }

    Scenario scenario() {
        return scenario;
    }

    @Override
    public String toString() {
        return "%-60s %2d -> %s".formatted(scenario.name(), scenario.start(), decisions());
    }
}
