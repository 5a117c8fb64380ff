// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WorkloadModelTest {

    @Test
    void queuesWhatItsReplicasDoNotDo() {
        var model = new WorkloadModel(WorkPlan.of(_ -> 10.5, 4), 2);
        run(model, 4);
        assertThat(model.arrivalsTotal()).isEqualTo(42);
        assertThat(model.completionsTotal()).isEqualTo(32);
        assertThat(model.backlog()).isEqualTo(10);
        assertThat(model.inFlight()).isEqualTo(2);
        assertThat(model.oldestAgeSeconds()).isEqualTo(1);
    }

    @Test
    void startsReplicasLater() {
        var model = new WorkloadModel(WorkPlan.of(_ -> 10, 1).startUp(Duration.ofSeconds(3)), 1);
        model.setReplicas(10);
        run(model, 2);
        assertThat(model.readyReplicas()).isEqualTo(1);
        run(model, 1);
        assertThat(model.readyReplicas()).isEqualTo(10);
        assertThat(model.completionsTotal()).isEqualTo(1 + 1 + 10);
    }

    @Test
    void hasNoUseForReplicasBeyondPartitionsOrWhatIsDownstream() {
        var byPartitions = new WorkloadModel(WorkPlan.of(_ -> 100, 1).partitions(6), 20);
        var byDownstream = new WorkloadModel(WorkPlan.of(_ -> 100, 1).downstream(2.5), 20);
        run(byPartitions, 10);
        run(byDownstream, 10);
        assertThat(byPartitions.completionsTotal()).isEqualTo(60);
        assertThat(byPartitions.inFlight()).isEqualTo(6);
        assertThat(byDownstream.completionsTotal()).isEqualTo(25);
    }

    @Test
    void losesTheWorkOfReplicasThatGo() {
        var model = new WorkloadModel(WorkPlan.of(_ -> 10, 0.5).concurrency(3), 4);
        run(model, 10);
        model.setReplicas(3);
        assertThat(model.cutTotal()).isEqualTo(3);
        assertThat(model.backlog()).isEqualTo(80);
        model.setReplicas(8);
        model.setReplicas(3);
        assertThat(model.cutTotal()).as("those that started had none").isEqualTo(3);
    }

    @Property
    void losesAndInventsNothing(
            @ForAll @Size(max = 100) List<@IntRange(max = 30) Integer> replicas,
            @ForAll @IntRange(max = 50) int arrivals,
            @ForAll @IntRange(min = 1, max = 10) int partitions) {
        var model = new WorkloadModel(
                WorkPlan.of(second -> arrivals * (second % 3), 1.5).partitions(partitions), 1);
        for (int each : replicas) {
            model.setReplicas(each);
            model.step();
            assertThat(model.arrivalsTotal()).isEqualTo(model.completionsTotal() + model.backlog());
            assertThat(model.inFlight()).isBetween(0L, model.backlog());
            assertThat(model.oldestAgeSeconds() > 0).isEqualTo(model.backlog() > 0);
        }
        assertThat(model.completionsTotal()).isLessThanOrEqualTo((long) (1.5 * partitions * replicas.size()) + 1);
    }

    private static void run(WorkloadModel model, int seconds) {
        for (int i = 0; i < seconds; i++) {
            model.step();
        }
    }
}
