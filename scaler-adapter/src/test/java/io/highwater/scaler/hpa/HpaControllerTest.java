// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import static io.highwater.scaler.hpa.Condition.Type.ABLE_TO_SCALE;
import static io.highwater.scaler.hpa.Condition.Type.SCALING_ACTIVE;
import static io.highwater.scaler.hpa.Condition.Type.SCALING_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.scaler.hpa.MetricResult.Pods;
import io.highwater.scaler.hpa.MetricSpec.PerReplica;
import io.highwater.scaler.hpa.MetricSpec.Source;
import io.highwater.scaler.hpa.MetricSpec.Utilization;
import io.highwater.scaler.hpa.ScalingRules.Select;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HpaControllerTest {

    private static final MetricSpec LAG = new PerReplica(Source.EXTERNAL, "lag", 10_000);
    private static final MetricSpec CPU = new Utilization("cpu", 70);
    private static final MetricResult ERROR = new MetricResult.Failed("nats does not answer");
    private static final HpaSpec SPEC = HpaSpec.of(1, 100, LAG);
    private static final ScalingRules FALL_AT_ONCE = ScalingRules.DOWN.stabilizing(Duration.ZERO);

    @Test
    void doublesWithoutBehavior() {
        assertThat(new Autoscaled(SPEC, 1).sees(400, 6).history()).containsExactly(4, 8, 16, 32, 40, 40);
    }

    @Test
    void growsByDefaultRules() {
        var workload = new Autoscaled(SPEC.behaving(Behavior.DEFAULT), 1);
        assertThat(workload.sees(400, 6).history()).containsExactly(5, 10, 20, 40, 40, 40);
    }

    /** The first look counts as a recommendation of what there was: 5 minutes are 20 looks. */
    @Test
    void fallsAfterTheWindow() {
        for (var spec : List.of(SPEC, SPEC.behaving(Behavior.DEFAULT))) {
            var workload = new Autoscaled(spec, 20).sees(50, 20);
            assertThat(workload.history()).containsOnly(20);
            assertThat(workload.sees(50, 1).replicas()).isEqualTo(5);
        }
    }

    @Test
    void fallsToTheHighestOfTheWindow() {
        var workload = new Autoscaled(SPEC, 20).sees(50, 10).sees(120, 1).sees(50, 9);
        assertThat(workload.sees(50, 10).replicas()).isEqualTo(12);
        assertThat(workload.sees(50, 1).replicas()).isEqualTo(5);
    }

    @Test
    void saysWhatHoldsIt() {
        var workload = new Autoscaled(SPEC, 20);
        var held = workload.look(MetricResult.of(50));
        assertThat(reason(held, ABLE_TO_SCALE)).isEqualTo("ScaleDownStabilized");
        assertThat(reason(held, SCALING_ACTIVE)).isEqualTo("ValidMetricFound");
        assertThat(reason(held, SCALING_LIMITED)).isEqualTo("DesiredWithinRange");
        var limited = workload.look(MetricResult.of(5000));
        assertThat(limited.reason()).isEqualTo("lag above its target");
        assertThat(reason(limited, ABLE_TO_SCALE)).isEqualTo("SucceededRescale");
        assertThat(reason(limited, SCALING_LIMITED)).isEqualTo("ScaleUpLimit");
        assertThat(limited.desired()).isEqualTo(40);
        workload.sees(5000, 2);
        assertThat(reason(workload.look(MetricResult.of(5000)), SCALING_LIMITED))
                .isEqualTo("TooManyReplicas");
        assertThat(workload.replicas()).isEqualTo(100);
    }

    @Test
    void holdsWithoutAnyNumber() {
        var workload = new Autoscaled(SPEC, 20);
        for (int i = 0; i < 40; i++) { // ten minutes
            var result = workload.look(ERROR);
            assertThat(result.rescaled()).isFalse();
            assertThat(reason(result, SCALING_ACTIVE)).isEqualTo("FailedGetExternalMetric");
        }
        // what there was at the first look is out of the window by now
        assertThat(workload.sees(50, 1).replicas()).isEqualTo(5);
    }

    @Test
    void growsButDoesNotFallWithoutOneOfItsNumbers() {
        var workload =
                new Autoscaled(HpaSpec.of(1, 100, LAG, CPU).behaving(new Behavior(ScalingRules.UP, FALL_AT_ONCE)), 10);
        assertThat(workload.look(ERROR, Pods.at(10, 10)).desired()).isEqualTo(10);
        assertThat(workload.look(ERROR, Pods.at(140, 10)).desired()).isEqualTo(20);
        assertThat(workload.look(MetricResult.of(10), new MetricResult.Failed("no metrics"))
                        .desired())
                .isEqualTo(20);
        assertThat(workload.look(MetricResult.of(10), Pods.at(10, 20)).desired())
                .isEqualTo(3);
    }

    @Test
    void theMostWins() {
        var spec = HpaSpec.of(1, 100, LAG, CPU);
        assertThat(new Autoscaled(spec, 10)
                        .look(MetricResult.of(150), Pods.at(140, 10))
                        .desired())
                .isEqualTo(20);
        assertThat(new Autoscaled(spec, 10)
                        .look(MetricResult.of(180), Pods.at(105, 10))
                        .desired())
                .isEqualTo(18);
    }

    @Test
    void leavesAWorkloadAtZeroAlone() {
        var result = new Autoscaled(SPEC, 0).look(MetricResult.of(1000));
        assertThat(result.desired()).isZero();
        assertThat(reason(result, SCALING_ACTIVE)).isEqualTo("ScalingDisabled");
    }

    /** Without asking for a number, and past the window. */
    @Test
    void bringsReplicasWithinItsBounds() {
        var spec = HpaSpec.of(3, 10, LAG);
        assertThat(new Autoscaled(spec, 50).look(ERROR).desired()).isEqualTo(10);
        assertThat(new Autoscaled(spec, 1).look(ERROR).desired()).isEqualTo(3);
        var lowest = new Autoscaled(spec.behaving(Behavior.DEFAULT.down(FALL_AT_ONCE)), 10).look(MetricResult.of(0));
        assertThat(lowest.desired()).isEqualTo(3);
        assertThat(reason(lowest, SCALING_LIMITED)).isEqualTo("TooFewReplicas");
    }

    @Test
    void waitsForALowerNumberToBeSureOfAHigherOne() {
        var up = ScalingRules.UP.stabilizing(Duration.ofMinutes(1));
        var workload = new Autoscaled(SPEC.behaving(Behavior.DEFAULT.up(up)), 4);
        workload.sees(80, 2).sees(60, 1).sees(80, 1);
        assertThat(workload.history()).containsOnly(4);
        assertThat(workload.sees(80, 1).replicas()).isEqualTo(6);
        assertThat(workload.sees(80, 2).replicas()).isEqualTo(8);
        var held = new Autoscaled(SPEC.behaving(Behavior.DEFAULT.up(up)), 4).look(MetricResult.of(80));
        assertThat(reason(held, ABLE_TO_SCALE)).isEqualTo("ScaleUpStabilized");
    }

    @Test
    void addsNoFasterThanItsPolicies() {
        var up = ScalingRules.UP.limitedBy(
                ScalingPolicy.pods(3, Duration.ofMinutes(1)), ScalingPolicy.percent(50, Duration.ofSeconds(30)));
        assertThat(new Autoscaled(SPEC.behaving(Behavior.DEFAULT.up(up)), 4)
                        .sees(500, 9)
                        .history())
                .containsExactly(7, 7, 11, 11, 17, 17, 26, 26, 39);
        assertThat(new Autoscaled(SPEC.behaving(Behavior.DEFAULT.up(up.selecting(Select.MIN))), 4)
                        .sees(500, 9)
                        .history())
                .containsExactly(6, 6, 7, 7, 9, 9, 10, 10, 12);
        assertThat(new Autoscaled(SPEC.behaving(Behavior.DEFAULT.up(up.selecting(Select.DISABLED))), 4)
                        .sees(500, 9)
                        .history())
                .containsOnly(4);
    }

    @Test
    void takesAwayNoFasterThanItsPolicies() {
        var down = FALL_AT_ONCE.limitedBy(
                ScalingPolicy.pods(2, Duration.ofSeconds(15)), ScalingPolicy.percent(10, Duration.ofSeconds(15)));
        assertThat(new Autoscaled(SPEC.behaving(Behavior.DEFAULT.down(down)), 40)
                        .sees(0, 4)
                        .history())
                .containsExactly(36, 32, 28, 25);
        var slow = down.selecting(Select.MIN);
        var workload = new Autoscaled(SPEC.behaving(Behavior.DEFAULT.down(slow)), 40);
        assertThat(workload.sees(0, 4).history()).containsExactly(38, 36, 34, 32);
        var result = workload.look(MetricResult.of(0));
        assertThat(reason(result, SCALING_LIMITED)).isEqualTo("ScaleDownLimit");
        assertThat(result.reason()).isEqualTo("all metrics below their targets");
        assertThat(new Autoscaled(SPEC.behaving(Behavior.DEFAULT.down(down.selecting(Select.DISABLED))), 40)
                        .sees(0, 40)
                        .history())
                .containsOnly(40);
    }

    /** What was taken away in the period may come back on top of what may be added. */
    @Test
    void countsChangesInBothDirections() {
        var up = ScalingRules.UP.limitedBy(ScalingPolicy.pods(2, Duration.ofMinutes(1)));
        var workload = new Autoscaled(SPEC.behaving(new Behavior(up, FALL_AT_ONCE)), 20);
        assertThat(workload.sees(100, 1).sees(400, 2).history()).containsExactly(10, 22, 22);
    }

    @Test
    void hasATolerancePerDirection() {
        var behavior = new Behavior(ScalingRules.UP.tolerating(0), FALL_AT_ONCE.tolerating(0.5));
        var workload = new Autoscaled(SPEC.behaving(behavior), 20);
        assertThat(workload.sees(201, 1).replicas()).isEqualTo(21);
        assertThat(workload.sees(106, 1).replicas()).isEqualTo(21);
        assertThat(workload.sees(104, 1).replicas()).isEqualTo(11);
        var flags = new ControllerFlags(0.3, Duration.ZERO);
        assertThat(new Autoscaled(SPEC, flags, 20).sees(250, 1).replicas()).isEqualTo(20);
    }

    @Test
    void refusesWhatKubernetesRefuses() {
        assertThatThrownBy(() -> HpaSpec.of(0, 3, LAG)).hasMessageStartingWith("minReplicas:");
        assertThatThrownBy(() -> HpaSpec.of(4, 3, LAG)).hasMessageStartingWith("minReplicas:");
        assertThatThrownBy(() -> HpaSpec.of(1, 3)).hasMessageStartingWith("metrics:");
        assertThatThrownBy(() -> new Utilization("cpu", 0)).hasMessageStartingWith("target:");
        assertThatThrownBy(() -> ScalingPolicy.pods(0, Duration.ofSeconds(1))).hasMessageStartingWith("policy:");
        assertThatThrownBy(() -> ScalingPolicy.pods(1, Duration.ofHours(1))).hasMessageStartingWith("policy:");
        assertThatThrownBy(ScalingRules.UP::limitedBy).hasMessageStartingWith("policies:");
        assertThatThrownBy(() -> ScalingRules.UP.stabilizing(Duration.ofHours(2)))
                .hasMessageStartingWith("stabilizationWindowSeconds:");
        assertThatThrownBy(() -> ScalingRules.UP.tolerating(-1)).hasMessageStartingWith("tolerance:");
        var controller = new HpaController(SPEC, ControllerFlags.DEFAULT);
        assertThatThrownBy(() -> controller.sync(Instant.EPOCH, 1, 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String reason(Result result, Condition.Type type) {
        return result.condition(type).map(Condition::reason).orElse("");
    }
}
