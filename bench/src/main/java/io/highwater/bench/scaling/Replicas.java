// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import io.highwater.lab.ControlPlane;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long it takes from work until a Deployment is asked for the replicas that it needs. */
final class Replicas {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int MORE_MILLIS = 2_000;

    /** A source that woke is listened to again five seconds later. */
    private static final int REST_MILLIS = 8_000;

    private final ControlPlane plane;
    private final Work work;
    private final String deployment;

    /** @param deployment also the name of the policy */
    Replicas(ControlPlane plane, Work work, String deployment) {
        this.plane = plane;
        this.work = work;
        this.deployment = deployment;
    }

    /** Scaled by Kubernetes' own autoscaler, of which one replica is the least. */
    void applyAutoscaler() {
        plane.kubectl("scale", "deployment", deployment, "-n", Configuration.NAMESPACE, "--replicas=1");
        plane.apply("""
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
                  minReplicas: 1
                  maxReplicas: 30
                  metrics:
                    - type: External
                      external: {metric: {name: %1$s}, target: {type: AverageValue, averageValue: "1"}}
                """.formatted(deployment, Configuration.NAMESPACE));
    }

    /** Scaled by KEDA, which looks for itself seldom. */
    void applyScaledObject(int kedaPort) {
        plane.apply("""
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  scaleTargetRef: {name: %1$s}
                  minReplicaCount: 0
                  maxReplicaCount: 30
                  pollingInterval: 5
                  cooldownPeriod: 1
                  triggers:
                    - {type: external-push, metadata: {scalerAddress: "127.0.0.1:%3$d", metric: %1$s}}
                """.formatted(deployment, Configuration.NAMESPACE, kedaPort));
    }

    /**
     * Again and again, from all done.
     *
     * @param items of work at once
     * @param idle replicas while there is none
     * @param wanted more than that, for the work
     */
    Latencies measure(int rounds, int items, int idle, int wanted) throws InterruptedException {
        work.finish();
        var nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            await(idle, idle);
            Thread.sleep(REST_MILLIS + ThreadLocalRandom.current().nextInt(MORE_MILLIS));
            long before = System.nanoTime();
            work.add(items);
            await(wanted, Integer.MAX_VALUE);
            nanos[i] = System.nanoTime() - before;
            work.finish();
        }
        return Latencies.of(nanos);
    }

    private void await(int least, int most) throws InterruptedException {
        long until = System.nanoTime() + LIMIT.toNanos();
        for (int now = replicas(); now < least || now > most; now = replicas()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(deployment + " stays at " + now + " replicas");
            }
            Thread.sleep(5);
        }
    }

    private int replicas() {
        return plane.replicas(Configuration.NAMESPACE, deployment);
    }
}
