// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.scaling.ScalingOptions;
import io.highwater.lab.ControlPlane;
import io.highwater.lab.Job;
import io.highwater.lab.NatsBinaries;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsServer;
import io.highwater.lab.NatsUser;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.ControlPlaneExtension;
import io.highwater.lab.junit.NeedsControlPlane;
import io.highwater.scaler.kube.MetricsApiOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real HorizontalPodAutoscaler on what real servers have to do. */
@NeedsControlPlane
class AutoscalingTest {

    private static final String GROUP = "external.metrics.k8s.io";
    private static final Duration STABILIZATION = Duration.ofSeconds(5);

    @RegisterExtension
    static final ControlPlaneExtension kubernetes = new ControlPlaneExtension(
            ControlPlane.plan().hpaSync(Duration.ofSeconds(1)).downscaleStabilization(STABILIZATION));

    @TempDir
    private Path directory;

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(250));
    }

    @Test
    void replicasFollowTheWorkUpAndDownAndStayDuringAnOutageOfItsSource() {
        var plane = kubernetes.plane();
        try (var nats = NatsCluster.of(NatsBinaries.newest().version()).start();
                var redis = RedisSet.plan().start();
                var queues =
                        QueueProgram.start(QueueLibrary.newest(QueueSystem.BULLMQ), QueueStore.redis(redis.master()));
                var agent = RunningAgent.start(directory, yaml(nats, redis), passwords(), scaling(plane))) {
            nats.client().createStream("PAYOUTS", 3);
            nats.client().createConsumer("PAYOUTS", "payer");
            var jobs = queues.queue("plan");
            jobs.fill(1, Job.hanging());
            plane.register(
                    GROUP,
                    "v1beta1",
                    agent.agent().scaling().metricsApi().orElseThrow().getPort(),
                    plane.authority());
            plane.awaitAvailable(GROUP, "v1beta1");
            plane.createNamespace("wallet");
            plane.createDeployment("wallet", "worker", 1);
            plane.apply(HPA);

            // Up with a consumer's lag, higher with a queue.
            nats.client().publish("PAYOUTS.new", 80);
            await().until(() -> plane.replicas("wallet", "worker") == 8);
            jobs.fill(119, Job.hanging());
            await().until(() -> plane.replicas("wallet", "worker") == 12);
            assertThat(agent.page("/explain/v1/namespaces/wallet/policies/payouts"))
                    .contains("answers   12", "because   12 replicas for jobs (120 / 10 per replica)")
                    .contains("HPA worker: ");

            // Down when it is done.
            jobs.drain();
            await().until(() -> plane.replicas("wallet", "worker") == 8);

            // A new leader of the consumer, and of its stream, is no reason for anything.
            nats.client().stepDown("PAYOUTS");
            nats.client().stepDown("PAYOUTS", "payer");
            var election = Awaitility.await().during(Duration.ofSeconds(8)).atMost(Duration.ofSeconds(10));
            election.until(() -> plane.replicas("wallet", "worker") == 8);
            agent.awaitQuality("lag", "fresh");

            // The source is away for much longer than all windows; the queue, which is empty, is not.
            nats.nodes().forEach(NatsServer::pause);
            agent.awaitQuality("lag", "stale");
            var outage = Awaitility.await().during(Duration.ofSeconds(20)).atMost(Duration.ofSeconds(25));
            outage.until(() -> plane.replicas("wallet", "worker") == 8);
            assertThat(agent.page("/explain/v1/namespaces/wallet/policies/payouts"))
                    .contains("holds the 8 that run", "lag");

            // All sources away: the answer is an error, and the HPA says why it does nothing.
            redis.servers().forEach(server -> server.pause());
            await().until(() -> agent.get("/signals/payouts").statusCode() == 503
                    || agent.page("/signals/payouts").contains("\"quality\":\"stale\""));
            outage.until(() -> plane.replicas("wallet", "worker") == 8);

            // Back, and on: the work goes on, and when it is done the replicas go.
            redis.servers().forEach(server -> server.resume());
            nats.nodes().forEach(NatsServer::resume);
            agent.awaitQuality("lag", "fresh");
            assertThat(plane.replicas("wallet", "worker")).isEqualTo(8);
            nats.awaitReady();
            await().until(() -> {
                nats.client().fetchAndAck("PAYOUTS", "payer", 80);
                return plane.replicas("wallet", "worker") == 1;
            });
        }
    }

    private static ScalingOptions scaling(ControlPlane plane) {
        var api = new MetricsApiOptions(
                List.of("127.0.0.1:0"),
                plane.adapterCertificate(),
                plane.adapterKey(),
                List.of(GROUP),
                List.of(),
                "test");
        return new ScalingOptions(Optional.of(api), Optional.empty(), true, Optional.of(plane.kubeconfig()));
    }

    private static Map<String, String> passwords() {
        return Map.of("BUS_PASSWORD", NatsUser.MONITOR.secret());
    }

    private static String yaml(NatsCluster nats, RedisSet redis) {
        return """
                clusters:
                  bus:
                    jetstream:
                      servers: [ %s ]
                      user: %s
                      passwordEnv: BUS_PASSWORD
                      collectors: { streams: { interval: 1s } }
                  jobs:
                    bullmq:
                      redis: { nodes: { redis-1: "%s" } }
                      queues: [ plan ]
                      collectors: { state: { interval: 1s } }
                signals:
                  lag:
                    family: nats_consumer_num_pending
                    where: { stream_name: PAYOUTS, consumer_name: payer }
                  jobs:
                    family: bullmq_job_count
                    where: { queue: plan, state: waiting }
                policies:
                  payouts:
                    scale: wallet/deployment/worker
                    max: 20
                    inputs:
                      - { signal: lag, perReplica: 10 }
                      - { signal: jobs, perReplica: 10 }
                """.formatted(
                        nats.urls().stream().map(url -> '"' + url + '"').collect(Collectors.joining(", ")),
                        NatsUser.MONITOR.login(),
                        redis.master().address());
    }

    private static final String HPA = """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: { name: worker, namespace: wallet }
            spec:
              scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: worker }
              minReplicas: 1
              maxReplicas: 20
              metrics:
                - type: External
                  external:
                    metric: { name: payouts }
                    target: { type: AverageValue, averageValue: "1" }
            """;
}
