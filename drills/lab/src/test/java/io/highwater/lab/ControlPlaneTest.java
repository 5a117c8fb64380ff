// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.junit.NeedsControlPlane;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@NeedsControlPlane
class ControlPlaneTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void runsDeploymentsAndAutoscalersAndLeavesNothingBehind() {
        var plane = ControlPlane.plan().start();
        var processes = plane.programs().stream()
                .map(program -> ProcessHandle.of(program.pid()).orElseThrow())
                .toList();
        try (plane) {
            plane.createNamespace("shop");
            plane.createDeployment("shop", "worker", 3);
            assertThat(plane.kubectl("get", "deployment", "worker", "-n", "shop", "-o", "name"))
                    .isEqualToIgnoringNewLines("deployment.apps/worker");
            assertThat(plane.replicas("shop", "worker")).isEqualTo(3);
            assertThatThrownBy(() -> plane.kubectl("get", "nonsense"))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("the server doesn't have a resource type");

            plane.runPods("shop");
            assertThat(plane.runningPods("shop")).hasSize(3);
            await().atMost(LIMIT).until(() -> readyReplicas(plane).equals("3"));

            plane.kubectl("autoscale", "deployment", "worker", "-n", "shop", "--min=4", "--max=6");
            await().atMost(LIMIT).until(() -> plane.replicas("shop", "worker") == 4);
            await().atMost(LIMIT)
                    .until(
                            () -> plane.autoscalerReasons("shop", "worker").get("ScalingActive"),
                            reason -> "FailedGetResourceMetric".equals(reason));

            plane.apiServer().kill();
            assertThat(plane.isReady()).isFalse();
            plane.apiServer().start();
            await().atMost(LIMIT).until(plane::isReady);
            assertThat(plane.replicas("shop", "worker")).isEqualTo(4);
        }
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(plane.home()).doesNotExist();
    }

    private static String readyReplicas(ControlPlane plane) {
        return plane.kubectl("get", "deployment", "worker", "-n", "shop", "-o", "jsonpath={.status.readyReplicas}");
    }
}
