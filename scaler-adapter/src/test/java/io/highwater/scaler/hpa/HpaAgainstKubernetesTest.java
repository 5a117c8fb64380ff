// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import static io.highwater.scaler.hpa.ScalingPolicy.percent;
import static io.highwater.scaler.hpa.ScalingPolicy.pods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.ControlPlane;
import io.highwater.lab.junit.ControlPlaneExtension;
import io.highwater.lab.junit.NeedsControlPlane;
import io.highwater.scaler.hpa.MetricSpec.PerReplica;
import io.highwater.scaler.hpa.MetricSpec.Source;
import io.highwater.scaler.hpa.MetricSpec.Total;
import io.highwater.scaler.hpa.MetricSpec.Utilization;
import io.highwater.scaler.hpa.ScalingRules.Select;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real autoscaler is the judge of ours: both see the same numbers at the same moments. */
@NeedsControlPlane
class HpaAgainstKubernetesTest {

    private static final ControllerFlags FLAGS = new ControllerFlags(0.1, Duration.ofSeconds(5));

    /** Not a divisor of any window or period in use, so that nothing hangs on milliseconds. */
    static final Duration SYNC = Duration.ofMillis(1100);

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final MetricSpec LAG = new PerReplica(Source.EXTERNAL, "lag", 10_000);
    private static final MetricSpec REQUESTS = new PerReplica(Source.EXTERNAL, "requests", 10_000);
    private static final HpaSpec SPEC = HpaSpec.of(1, 20, LAG);
    private static final ScalingRules FALL_AT_ONCE = ScalingRules.DOWN.stabilizing(Duration.ZERO);
    private static final long SEED = 20_261_102;

    @RegisterExtension
    static final ControlPlaneExtension kubernetes = new ControlPlaneExtension(
            ControlPlane.plan().hpaSync(SYNC).downscaleStabilization(FLAGS.downscaleStabilization()));

    private static NumberSource numbers;

    @BeforeAll
    static void register() throws IOException {
        var plane = kubernetes.plane();
        numbers = new NumberSource(plane.adapterContext());
        plane.register("external.metrics.k8s.io", "v1beta1", numbers.port(), plane.authority());
        plane.register("custom.metrics.k8s.io", "v1beta2", numbers.port(), plane.authority());
        plane.register("metrics.k8s.io", "v1beta1", numbers.port(), plane.authority());
        plane.awaitAvailable("external.metrics.k8s.io", "v1beta1");
        plane.awaitAvailable("metrics.k8s.io", "v1beta1");
        plane.awaitAvailable("custom.metrics.k8s.io", "v1beta2");
    }

    @AfterAll
    static void close() {
        numbers.close();
    }

    private static Stream<Scenario> scenarios() {
        var two = HpaSpec.of(1, 20, LAG, REQUESTS);
        var upPolicies = ScalingRules.UP.limitedBy(pods(2, Duration.ofSeconds(3)), percent(50, Duration.ofSeconds(4)));
        var downPolicies = FALL_AT_ONCE.limitedBy(pods(2, Duration.ofSeconds(3)), percent(25, Duration.ofSeconds(4)));
        var everyWay = new Behavior(ScalingRules.UP.limitedBy(pods(2, Duration.ofSeconds(5))), FALL_AT_ONCE);
        var steady = Behavior.DEFAULT.up(ScalingRules.UP.stabilizing(Duration.ofSeconds(3)));
        var tolerant = new Behavior(ScalingRules.UP.tolerating(0), FALL_AT_ONCE.tolerating(0.5));
        var memory = HpaSpec.of(1, 12, new Utilization("memory", 70)).behaving(Behavior.DEFAULT.down(FALL_AT_ONCE));
        return Stream.of(
                Scenario.of("up without behavior", SPEC, 1, 8, "400"),
                Scenario.of("up by default behavior", SPEC.behaving(Behavior.DEFAULT), 1, 18, "400"),
                Scenario.of("down after the window", SPEC, 12, 10, "30"),
                Scenario.of("down after the window, default behavior", SPEC.behaving(Behavior.DEFAULT), 12, 10, "30"),
                Scenario.of("down to the highest of the window", SPEC, 12, 14, "30x2 80 30"),
                Scenario.of("limited on the way up, then less", SPEC, 2, 14, "150 40"),
                Scenario.of("tolerance", SPEC, 10, 8, "110 90 110.1 130 132.1 100"),
                Scenario.of("tolerance per direction", SPEC.behaving(tolerant), 10, 6, "101 60 56 54"),
                Scenario.of("errors hold", SPEC, 12, 14, "120 errorx8 20"),
                Scenario.of(
                        "no items hold", SPEC.behaving(Behavior.DEFAULT.down(FALL_AT_ONCE)), 12, 6, "120 nonex2 60"),
                Scenario.of("one of two fails", two, 6, 14, "errorx4 60x2 20", "20x2 90 20 errorx2 120 30"),
                Scenario.of(
                        "the most of two",
                        two.behaving(Behavior.DEFAULT.down(FALL_AT_ONCE)),
                        6,
                        6,
                        "60 70 20 0",
                        "50 90 40 90"),
                Scenario.of(
                        "up by policies, the largest", SPEC.behaving(Behavior.DEFAULT.up(upPolicies)), 2, 16, "500"),
                Scenario.of(
                        "up by policies, the smallest",
                        SPEC.behaving(Behavior.DEFAULT.up(upPolicies.selecting(Select.MIN))),
                        2,
                        16,
                        "500"),
                Scenario.of(
                        "up disabled",
                        SPEC.behaving(new Behavior(upPolicies.selecting(Select.DISABLED), FALL_AT_ONCE)),
                        4,
                        5,
                        "500x2 20 500"),
                Scenario.of(
                        "down by policies, the largest",
                        SPEC.behaving(Behavior.DEFAULT.down(downPolicies)),
                        16,
                        12,
                        "0"),
                Scenario.of(
                        "down by policies, the smallest",
                        SPEC.behaving(Behavior.DEFAULT.down(downPolicies.selecting(Select.MIN))),
                        16,
                        12,
                        "0"),
                Scenario.of(
                        "down disabled",
                        SPEC.behaving(Behavior.DEFAULT.down(downPolicies.selecting(Select.DISABLED))),
                        6,
                        5,
                        "0x2 80 0"),
                Scenario.of("changes in both directions", SPEC.behaving(everyWay), 12, 10, "60 200x4 30 200"),
                Scenario.of("up after a window", SPEC.behaving(steady), 4, 14, "80x2 60 80x4 50 90"),
                Scenario.of("above its maximum", HpaSpec.of(1, 8, LAG), 12, 8, "60"),
                Scenario.of("several items", SPEC, 4, 4, "30+25.5+0.001"),
                Scenario.of("a negative number", SPEC, 4, 5, "-1"),
                Scenario.of("zero", HpaSpec.of(2, 20, LAG).behaving(Behavior.DEFAULT.down(FALL_AT_ONCE)), 6, 3, "0"),
                Scenario.of(
                        "a value, by ready pods",
                        HpaSpec.of(1, 12, new Total(Source.EXTERNAL, "latency", 100_000)),
                        2,
                        12,
                        "200x2 109 100x2 400 40"),
                Scenario.of(
                        "an object's average",
                        HpaSpec.of(1, 12, new PerReplica(Source.OBJECT, "requests", 10_000))
                                .behaving(Behavior.DEFAULT.down(FALL_AT_ONCE)),
                        2,
                        6,
                        "55 error 30 -1"),
                Scenario.of(
                        "an object's value",
                        HpaSpec.of(1, 12, new Total(Source.OBJECT, "latency", 100_000)),
                        2,
                        10,
                        "200x2 100 error 40"),
                Scenario.of("memory", memory, 2, 10, "140x2 70 110x2 errorx2 30 68 20"),
                Scenario.of("memory, of pods that are silent", memory, 4, 10, "35+1x2 10+2 200+1x2 100+3 70 35"));
    }

    /** What differs is tried once more: a look that a busy machine delays may fall on the other side of a window. */
    @Test
    void decidesAsTheRealOne() {
        var random = new RandomScenarios(SEED);
        var scenarios = Stream.concat(scenarios(), IntStream.rangeClosed(1, 12).mapToObj(random::next));
        var differing = run("trial", scenarios.toList()).stream()
                .filter(trial -> !trial.agrees())
                .map(Trial::scenario)
                .toList();
        assertThat(run("again", differing)).allMatch(Trial::agrees);
    }

    private static List<Trial> run(String name, List<Scenario> scenarios) {
        var trials = new ArrayList<Trial>();
        for (var scenario : scenarios) {
            var namespace = name + "-" + trials.size();
            trials.add(new Trial(scenario, namespace, kubernetes.plane(), FLAGS));
            trials.getLast().createWorkload();
            numbers.serve(namespace, trials.getLast());
        }
        if (!trials.isEmpty()) {
            kubernetes.plane().apply(trials.stream().map(Trial::manifest).collect(Collectors.joining()));
        }
        await().atMost(LIMIT).until(() -> trials.stream().allMatch(Trial::isDone));
        report(trials);
        return trials;
    }

    private static void report(List<Trial> trials) {
        trials.forEach(System.out::println);
        var decisions =
                trials.stream().flatMap(trial -> trial.decisions().stream()).toList();
        System.out.printf(
                "%d of %d decisions of %d autoscalers agree%n",
                decisions.stream().filter(Trial.Decision::agrees).count(), decisions.size(), trials.size());
    }

    @Test
    void leavesAWorkloadAtZeroAlone() {
        var plane = kubernetes.plane();
        plane.createNamespace("idle");
        plane.createDeployment("idle", "worker", 0);
        numbers.serve("idle", _ -> MetricResult.of(100));
        plane.apply(HpaManifest.of("idle", SPEC));
        await().atMost(LIMIT)
                .until(() -> "ScalingDisabled"
                        .equals(plane.autoscalerReasons("idle", "worker").get("ScalingActive")));
        var result = new Autoscaled(SPEC, FLAGS, 0).look(MetricResult.of(100));
        assertThat(result.condition(Condition.Type.SCALING_ACTIVE).orElseThrow().reason())
                .isEqualTo("ScalingDisabled");
        assertThat(List.of(plane.replicas("idle", "worker"), result.desired())).containsOnly(0);
    }
}
