// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.scaler.Metrics;
import io.highwater.scaler.kube.client.ApiServerClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A metrics API server of both groups beside an emulated API server, with its files in a folder. */
final class Running implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(20);

    final EmulatedApiServer apiServer;
    final MetricsApiServer server;
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final ApiServerClient client;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final Path folder;

    private Running(EmulatedApiServer apiServer, Path folder, Metrics metrics) throws Exception {
        this.apiServer = apiServer;
        this.folder = folder;
        certificate("server");
        client = ApiServerClient.of(kubeconfig(folder, apiServer.url()), Optional.empty());
        server = MetricsApiServer.start(
                new MetricsApiOptions(
                        List.of("127.0.0.1:0"),
                        folder.resolve("tls.crt"),
                        folder.resolve("tls.key"),
                        List.of("external.metrics.k8s.io", "external.example.org"),
                        List.of("custom.metrics.k8s.io"),
                        "1.2.3"),
                client,
                metrics,
                new Log(LogFormat.LOGFMT, LogLevel.INFO, logged),
                meters);
    }

    /** With the authorities of the cluster in the ConfigMap. */
    static Running start(Path folder, Metrics metrics) throws Exception {
        EmulatedApiServer apiServer = EmulatedApiServer.start();
        apiServer.configMap(EmulatedApiServer.authentication(
                ClusterCertificates.FRONT.certificate("ca"), ClusterCertificates.CLUSTER.certificate("ca")));
        Running running = new Running(apiServer, folder, metrics);
        await().atMost(SOON).until(running.server::isReady);
        return running;
    }

    /** While the API server is away. */
    static Running startAlone(Path folder, Metrics metrics) throws Exception {
        EmulatedApiServer apiServer = EmulatedApiServer.start();
        apiServer.goAway();
        return new Running(apiServer, folder, metrics);
    }

    /** Replaces the serving certificate, not in one step. */
    void certificate(String alias) throws Exception {
        Files.writeString(folder.resolve("tls.crt"), ClusterCertificates.CLUSTER.certificate(alias));
        Files.writeString(folder.resolve("tls.key"), ClusterCertificates.CLUSTER.key(alias));
    }

    String log() {
        return logged.toString(UTF_8);
    }

    static Path kubeconfig(Path folder, String url) throws Exception {
        Files.writeString(folder.resolve("ca.crt"), ClusterCertificates.CLUSTER.certificate("ca"));
        Files.writeString(folder.resolve("token"), "own-token\n");
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: here
                contexts: [{name: here, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "%s", certificate-authority: ca.crt}}]
                users: [{name: u, user: {tokenFile: token}}]
                """.formatted(url));
    }

    @Override
    public void close() {
        server.close();
        client.close();
        apiServer.close();
    }
}
