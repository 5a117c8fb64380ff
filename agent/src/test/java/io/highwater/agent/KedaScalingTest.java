// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.scaling.ScalingOptions;
import io.highwater.lab.ControlPlane;
import io.highwater.lab.NatsBinaries;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsServer;
import io.highwater.lab.NatsUser;
import io.highwater.lab.junit.ControlPlaneExtension;
import io.highwater.lab.junit.NeedsControlPlane;
import io.highwater.scaler.keda.KedaOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real KEDA from zero and back, by what a real stream has to do. */
@NeedsControlPlane(keda = true)
class KedaScalingTest {

    @RegisterExtension
    static final ControlPlaneExtension kubernetes = new ControlPlaneExtension(ControlPlane.plan()
            .hpaSync(Duration.ofSeconds(1))
            .downscaleStabilization(Duration.ofSeconds(5))
            .withKeda());

    @TempDir
    private Path directory;

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    @Test
    void aMessageWakesTheFirstReplicaAndAnOutageKeepsAll() {
        var plane = kubernetes.plane();
        try (var nats = NatsCluster.of(NatsBinaries.newest().version()).start();
                var agent = RunningAgent.start(
                        directory, yaml(nats), Map.of("BUS_PASSWORD", NatsUser.MONITOR.secret()), scaling(plane))) {
            nats.client().createStream("PAYOUTS", 3);
            nats.client().createConsumer("PAYOUTS", "payer");
            plane.createNamespace("wallet");
            plane.createDeployment("wallet", "worker", 0);
            agent.awaitQuality("lag", "fresh");
            plane.apply(scaledObject(agent.agent().scaling().kedaPort().orElseThrow()));
            await().until(() -> plane.kubectl("get", "scaledobject", "worker", "-n", "wallet", "-o", READY)
                    .equals("True"));
            await().until(
                            () -> agent.page("/metrics"),
                            page -> page.contains("highwater_keda_streams{" + "method=\"StreamIsActive\"} 1"));

            // By the message itself, or by the next look of the agent.
            nats.client().publish("PAYOUTS.new", 1);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> plane.replicas("wallet", "worker") >= 1);

            nats.client().publish("PAYOUTS.new", 59);
            await().atMost(Duration.ofMinutes(2)).until(() -> plane.replicas("wallet", "worker") == 6);

            nats.nodes().forEach(NatsServer::pause);
            agent.awaitQuality("lag", "stale");
            Awaitility.await()
                    .during(Duration.ofSeconds(20))
                    .atMost(Duration.ofSeconds(25))
                    .until(() -> plane.replicas("wallet", "worker") == 6);
            nats.nodes().forEach(NatsServer::resume);
            nats.awaitReady();

            await().atMost(Duration.ofMinutes(3)).until(() -> {
                nats.client().fetchAndAck("PAYOUTS", "payer", 60);
                return plane.replicas("wallet", "worker") == 0;
            });
            assertThat(agent.page("/signals/lag")).contains("\"value\":0.0");
        }
    }

    private static ScalingOptions scaling(ControlPlane plane) {
        var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new ScalingOptions(
                Optional.empty(),
                Optional.of(KedaOptions.of(listen, Optional.empty())),
                true,
                Optional.of(plane.kubeconfig()));
    }

    private static String yaml(NatsCluster nats) {
        return """
                clusters:
                  bus:
                    jetstream:
                      servers: [ %s ]
                      user: %s
                      passwordEnv: BUS_PASSWORD
                      wake: [ PAYOUTS ]
                      collectors: { streams: { interval: 5s } }
                signals:
                  lag:
                    family: nats_consumer_num_pending
                    where: { stream_name: PAYOUTS, consumer_name: payer }
                policies:
                  payouts:
                    scale: wallet/deployment/worker
                    min: 0
                    max: 20
                    inputs:
                      - { signal: lag, perReplica: 10 }
                """.formatted(
                        nats.urls().stream().map(url -> '"' + url + '"').collect(Collectors.joining(", ")),
                        NatsUser.MONITOR.login());
    }

    private static final String READY = "jsonpath={.status.conditions[?(@.type==\"Ready\")].status}";

    private static String scaledObject(int port) {
        return """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: { name: worker, namespace: wallet }
            spec:
              scaleTargetRef: { name: worker }
              pollingInterval: 5
              cooldownPeriod: 5
              minReplicaCount: 0
              maxReplicaCount: 20
              triggers:
                - type: external-push
                  metadata: { scalerAddress: "127.0.0.1:%d", metric: payouts }
            """.formatted(port);
    }
}
