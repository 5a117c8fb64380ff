// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.agent.Agent;
import io.highwater.agent.AgentOptions;
import io.highwater.agent.scaling.ScalingOptions;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.lab.ControlPlane;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.ControlPlaneExtension;
import io.highwater.lab.junit.NeedsControlPlane;
import io.highwater.rules.Runbook;
import io.highwater.rules.Runbooks;
import io.highwater.scaler.kube.MetricsApiOptions;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands for Kubernetes, on its API server and an agent whose numbers it hands on. */
@NeedsControlPlane
class RunbooksOnKubernetesTest {

    private static final String GROUP = "external.metrics.k8s.io";

    @RegisterExtension
    static final ControlPlaneExtension kubernetes = new ControlPlaneExtension(ControlPlane.plan());

    @TempDir
    private Path folder;

    @Test
    void everyCommandShowsWhatTheRunbookSays() throws Exception {
        var plane = kubernetes.plane();
        try (var redis = RedisSet.plan().start();
                var agent = agent(plane, redis)) {
            redis.master().command("RPUSH", "mails", "1", "2");
            plane.register(
                    GROUP, "v1beta1", agent.scaling().metricsApi().orElseThrow().getPort(), plane.authority());
            plane.awaitAvailable(GROUP, "v1beta1");
            plane.createNamespace("shop");
            plane.createDeployment("shop", "mailer", 1);
            var variables = Map.of(
                    "KUBECONFIG", plane.kubeconfig().toString(),
                    "NAMESPACE", "shop",
                    "METRIC", "mails",
                    "CERTIFICATE", plane.adapterCertificate().toString(),
                    "KEY", plane.adapterKey().toString());
            var shell = new Shell(folder);
            for (var block : blocks()) {
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    var result = shell.run(block, variables);
                    assertThat(result.shows(block.output().orElse("")))
                            .as("%s\nprinted:\n%s", block.commands(), result.output())
                            .isTrue();
                    assertThat(result.code()).as(result.output()).isZero();
                });
            }
        }
    }

    private static List<Runbook.Block> blocks() {
        return Runbooks.names().stream()
                .flatMap(name -> Runbooks.named(name).blocks().stream())
                .filter(block -> block.fixture().equals(RunbookCommandsTest.KUBERNETES)
                        && block.notRun().isEmpty())
                .toList();
    }

    private Agent agent(ControlPlane plane, RedisSet redis) throws Exception {
        var config = folder.resolve("highwater.yaml");
        Files.writeString(config, """
                clusters:
                  jobs:
                    queues:
                      redis: { nodes: { redis-1: "%s" } }
                      lists: [ mails ]
                signals:
                  mails: { family: queue_jobs, where: { queue: mails, state: waiting }, namespaces: [shop] }
                """.formatted(redis.master().address()));
        var api = new MetricsApiOptions(
                List.of("127.0.0.1:0"),
                plane.adapterCertificate(),
                plane.adapterKey(),
                List.of(GROUP),
                List.of(),
                "test");
        return Agent.start(
                AgentOptions.of(config)
                        .listen("127.0.0.1:0")
                        .environment(Map.of())
                        .scaling(new ScalingOptions(
                                Optional.of(api), Optional.empty(), true, Optional.of(plane.kubeconfig()))),
                new Log(LogFormat.LOGFMT, LogLevel.ERROR, OutputStream.nullOutputStream()));
    }
}
