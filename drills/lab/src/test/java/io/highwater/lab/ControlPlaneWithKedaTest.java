// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.awaitility.Awaitility.await;

import io.highwater.lab.junit.ControlPlaneExtension;
import io.highwater.lab.junit.NeedsControlPlane;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@NeedsControlPlane(keda = true)
class ControlPlaneWithKedaTest {

    @RegisterExtension
    static final ControlPlaneExtension kubernetes =
            new ControlPlaneExtension(ControlPlane.plan().withKeda());

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** From zero by KEDA's operator, then by the autoscaler that it made, which asks its adapter. */
    @Test
    void scalesFromZeroByTheNumberOfOtherPods() {
        var plane = kubernetes.plane();
        plane.createNamespace("shop");
        plane.createDeployment("shop", "till", 3);
        plane.createDeployment("shop", "worker", 0);
        plane.apply("""
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: worker, namespace: shop}
                spec:
                  scaleTargetRef: {name: worker}
                  minReplicaCount: 0
                  pollingInterval: 1
                  triggers:
                    - {type: kubernetes-workload, metadata: {podSelector: app=till, value: "1"}}
                """);
        await().atMost(LIMIT).until(() -> plane.replicas("shop", "worker") == 3);
    }
}
