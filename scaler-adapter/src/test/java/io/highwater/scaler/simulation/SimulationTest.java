// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.scaler.hpa.HpaSpec;
import io.highwater.scaler.hpa.MetricResult;
import io.highwater.scaler.hpa.MetricSpec.PerReplica;
import io.highwater.scaler.hpa.MetricSpec.Source;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final HpaSpec SPEC = HpaSpec.of(2, 40, new PerReplica(Source.EXTERNAL, "backlog", 100_000));

    /** Ten times as much from the fifth to the seventh minute. */
    private static double burst(double second) {
        return second >= 300 && second < 420 ? 200 : 20;
    }

    @Test
    void drainsABurst() {
        var model = new WorkloadModel(WorkPlan.of(SimulationTest::burst, 12), 2);
        var simulation = new Simulation(model, SPEC, () -> List.of(MetricResult.of((double) model.backlog())));
        simulation.run(Duration.ofMinutes(10));
        assertThat(simulation.replicasSince(0)).contains(2, 4).anyMatch(replicas -> replicas > 16);
        assertThat(model.backlog()).isLessThan(100);
        assertThat(model.longestWaitSeconds()).isBetween(15L, 90L);
        simulation.run(Duration.ofMinutes(10));
        assertThat(model.replicas()).as("after the window").isEqualTo(2);
    }

    @Test
    void holdsWithoutANumberAndFallsByAZero() {
        assertThat(duringAnOutage(new MetricResult.Failed("the source does not answer")))
                .containsOnly(20);
        assertThat(duringAnOutage(MetricResult.of(0))).contains(2);
    }

    /** The replicas in ten minutes in which the source says this. */
    private static List<Integer> duringAnOutage(MetricResult told) {
        var model = new WorkloadModel(WorkPlan.of(_ -> 200, 10), 20);
        var simulation = new Simulation(
                model,
                SPEC,
                () -> List.of(model.seconds() >= 600 && model.seconds() < 1200 ? told : MetricResult.of(2000)));
        simulation.run(Duration.ofMinutes(20));
        return simulation.replicasSince(600);
    }
}
