// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import static io.highwater.scaler.kube.MetricsApiServerTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.highwater.core.web.WebException;
import io.highwater.lab.Certificates;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and authorities that change, and an API server that goes away: nothing of it takes a restart. */
@Timeout(120)
class ChangesTest {

    private static final String DEPTH = "/apis/external.metrics.k8s.io/v1beta1/namespaces/shop/depth";
    private static final String[] MASTER = {"X-Remote-User", "admin", "X-Remote-Group", "system:masters"};

    private final ScriptedMetrics metrics = new ScriptedMetrics().with("depth", ScriptedMetrics.number(1));

    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void makeCertificates() {
        assertThat(ClusterCertificates.NEXT_FRONT.of("ca")).isNotNull();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void losesNoReadWhileEveryCertificateIsReplaced() throws Exception {
        Running running = opened(Running.start(folder, metrics));
        AtomicReference<SSLContext> proxy = new AtomicReference<>(proxyOf(ClusterCertificates.FRONT));
        AtomicInteger reads = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        List<String> failures = new CopyOnWriteArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> {
                    while (!stop.get()) {
                        // Three reads over one connection, then a handshake again.
                        try (Aggregator aggregator = new Aggregator(running.server.uri(), proxy.get())) {
                            for (int j = 0; j < 3; j++) {
                                HttpResponse<String> response = aggregator.send("GET", DEPTH, MASTER);
                                if (response.statusCode() != 200) {
                                    failures.add(response.body());
                                }
                                reads.incrementAndGet();
                            }
                        } catch (Exception e) {
                            failures.add(e.toString());
                        }
                    }
                }));
            }
            moreReads(reads);
            running.certificate("renewed");
            await().atMost(Running.SOON).until(() -> subject(running).equals("CN=renewed"));
            moreReads(reads);
            running.apiServer.configMap(authorities(
                    ClusterCertificates.FRONT.certificate("ca") + ClusterCertificates.NEXT_FRONT.certificate("ca")));
            await().atMost(Running.SOON).until(() -> answers(running, ClusterCertificates.NEXT_FRONT));
            proxy.set(proxyOf(ClusterCertificates.NEXT_FRONT));
            running.certificate("server");
            await().atMost(Running.SOON).until(() -> subject(running).equals("CN=server"));
            moreReads(reads);
            stop.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(failures).isEmpty();
        running.apiServer.configMap(authorities(ClusterCertificates.NEXT_FRONT.certificate("ca")));
        await().atMost(Running.SOON).until(() -> !answers(running, ClusterCertificates.FRONT));
        assertThat(answers(running, ClusterCertificates.NEXT_FRONT)).isTrue();
    }

    @Test
    void forgetsAnAuthorityOnAConnectionThatIsOpen() throws Exception {
        Running running = opened(Running.start(folder, metrics));
        Aggregator connection = opened(new Aggregator(running.server.uri(), proxyOf(ClusterCertificates.FRONT)));
        assertThat(connection.send("GET", DEPTH, MASTER).statusCode()).isEqualTo(200);

        running.apiServer.configMap(authorities(ClusterCertificates.NEXT_FRONT.certificate("ca")));

        await().atMost(Running.SOON)
                .until(() -> connection.send("GET", DEPTH, MASTER).statusCode() == 401);
    }

    @Test
    void startsWithoutAnApiServer() throws Exception {
        Running running = opened(Running.startAlone(folder, metrics));
        Aggregator aggregator = opened(new Aggregator(running.server.uri(), proxyOf(ClusterCertificates.FRONT)));

        assertRefused(
                aggregator.send("GET", DEPTH, MASTER),
                401,
                "Unauthorized",
                "before ConfigMap kube-system/extension-apiserver-authentication was read");
        assertThat(aggregator.send("GET", "/livez").statusCode()).isEqualTo(200);
        await().atMost(Running.SOON)
                .untilAsserted(() ->
                        assertThat(aggregator.send("GET", "/readyz").body()).contains("does not answer"));
        assertThat(aggregator.send("GET", "/readyz").statusCode()).isEqualTo(503);

        running.apiServer.configMap(authorities(ClusterCertificates.FRONT.certificate("ca")));
        running.apiServer.comeBack();

        await().atMost(Running.SOON)
                .until(() -> aggregator.check("external.metrics.k8s.io/v1beta1").stream()
                        .allMatch(response -> response.statusCode() == 200));
        assertThat(aggregator.send("GET", "/readyz").statusCode()).isEqualTo(200);
        assertThat(running.log()).containsOnlyOnce("Who may ask is known");
    }

    @Test
    void keepsWhatItKnewWhileTheApiServerIsAway() throws Exception {
        Running running = opened(Running.start(folder, metrics));
        Aggregator aggregator = opened(new Aggregator(running.server.uri(), proxyOf(ClusterCertificates.FRONT)));
        running.apiServer.goAway();
        await().atMost(Running.SOON).until(() -> running.log().contains("Who may ask is what it was before"));

        assertThat(aggregator.send("GET", DEPTH, MASTER).statusCode()).isEqualTo(200);
        assertThat(aggregator.aggregatedDiscovery().statusCode()).isEqualTo(200);
        assertRefused(
                aggregator.send("GET", DEPTH, "X-Remote-User", "jane"),
                503,
                "ServiceUnavailable",
                "whether user \"jane\" may list resource \"depth\"");
        assertRefused(
                aggregator.send("GET", DEPTH, "Authorization", "Bearer t"),
                401,
                "Unauthorized",
                "the bearer token could not be reviewed");
        assertThat(current(running)).isZero();

        running.apiServer.configMap(authorities(ClusterCertificates.NEXT_FRONT.certificate("ca")));
        running.apiServer.comeBack();
        await().atMost(Running.SOON).until(() -> answers(running, ClusterCertificates.NEXT_FRONT));
        await().atMost(Running.SOON).until(() -> current(running) == 1);
    }

    @Test
    void readsAgainWhenItsVersionIsTooOld() throws Exception {
        Running running = opened(Running.start(folder, metrics));
        await().atMost(Running.SOON).until(() -> !running.apiServer.watches.isEmpty());
        assertThat(running.apiServer.watches.getFirst()).contains("resourceVersion=2", "allowWatchBookmarks=true");

        running.apiServer.configMapUnseen(authorities(ClusterCertificates.NEXT_FRONT.certificate("ca")));

        await().atMost(Running.SOON).until(() -> answers(running, ClusterCertificates.NEXT_FRONT));
        assertThat(running.apiServer.lists).hasSizeGreaterThan(1);
        assertThat(running.log()).doesNotContain("WARN");
    }

    @Test
    void keepsTheLastGoodConfigMap() throws Exception {
        Running running = opened(Running.start(folder, metrics));
        running.apiServer.configMap(authorities("no certificate"));

        await().atMost(Running.SOON)
                .until(() -> running.log().contains("cannot be used: requestheader-client-ca-file"));
        assertThat(answers(running, ClusterCertificates.FRONT)).isTrue();
    }

    @Test
    void keepsTheLastGoodServingCertificate() throws Exception {
        Running running = opened(Running.start(folder, metrics));
        Files.writeString(folder.resolve("tls.key"), ClusterCertificates.CLUSTER.key("renewed"));

        await().atMost(Running.SOON)
                .until(() -> answers(running, ClusterCertificates.FRONT)
                        && running.log().contains("the one before stays in force"));
        running.certificate("renewed");
        await().atMost(Running.SOON).until(() -> subject(running).equals("CN=renewed"));
        assertThat(running.log().lines().filter(line -> line.contains("level=ERROR")))
                .hasSize(1);
    }

    @Test
    void refusesACertificateThatItCannotUse() throws Exception {
        Running running = opened(Running.start(folder, metrics));
        Path absent = folder.resolve("absent.crt");
        assertThatThrownBy(() -> ServingCertificate.open(absent, absent, log()))
                .isInstanceOf(WebException.class)
                .hasMessage(absent + ": does not exist");
        assertThat(running.server.uri().getScheme()).isEqualTo("https");
    }

    private static io.highwater.core.log.Log log() {
        return new io.highwater.core.log.Log(
                io.highwater.core.log.LogFormat.LOGFMT,
                io.highwater.core.log.LogLevel.ERROR,
                new java.io.ByteArrayOutputStream());
    }

    private static void moreReads(AtomicInteger reads) {
        int before = reads.get();
        await().atMost(Running.SOON).until(() -> reads.get() > before + 30);
    }

    private static double current(Running running) {
        return running.meters
                .get("highwater.kubernetes.authentication.config.current")
                .gauge()
                .value();
    }

    private static boolean answers(Running running, Certificates authority) throws Exception {
        return once(
                running,
                proxyOf(authority),
                aggregator -> aggregator.send("GET", DEPTH, MASTER).statusCode() == 200);
    }

    private static String subject(Running running) throws Exception {
        return once(
                running,
                ClusterTrust.anonymous(),
                aggregator -> aggregator
                        .send("GET", "/livez")
                        .sslSession()
                        .orElseThrow()
                        .getPeerPrincipal()
                        .getName());
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(Aggregator aggregator) throws Exception;
    }

    /** Over a new connection. */
    private static <T> T once(Running running, SSLContext client, Use<T> use) throws Exception {
        try (Aggregator aggregator = new Aggregator(running.server.uri(), client)) {
            return use.of(aggregator);
        }
    }

    private static Map<String, String> authorities(String front) throws Exception {
        return EmulatedApiServer.authentication(front, ClusterCertificates.CLUSTER.certificate("ca"));
    }

    private static SSLContext proxyOf(Certificates authority) throws Exception {
        return ClusterTrust.with(authority, "front-proxy");
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }
}
