// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import static io.highwater.scaler.kube.MetricsApiServerTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.scaler.kube.client.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is believed to be who, and what they are asked about. */
@Timeout(120)
class AuthenticationTest {

    private static final String DEPTH = "/apis/external.metrics.k8s.io/v1beta1/namespaces/shop/depth";

    private static Running running;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        running = Running.start(
                folder,
                new ScriptedMetrics()
                        .with("depth", ScriptedMetrics.number(1))
                        .with("other", ScriptedMetrics.number(2)));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void allowEverything() {
        running.apiServer.allows = _ -> true;
        running.apiServer.accessReviews.clear();
        running.apiServer.tokenReviews.clear();
    }

    @Test
    void believesTheFrontProxyOnWhoseBehalfItAsks() throws Exception {
        assertThat(as(
                                frontProxy(),
                                DEPTH,
                                "X-Remote-User",
                                "jane",
                                "X-Remote-Uid",
                                "42",
                                "X-Remote-Group",
                                "ops",
                                "X-Remote-Group",
                                "team",
                                "X-Remote-Extra-Scopes.example.org%2fread",
                                "a",
                                "Authorization",
                                "Bearer ignored")
                        .statusCode())
                .isEqualTo(200);

        Json asked = onlyReview();
        assertThat(asked.at("user").text()).contains("jane");
        assertThat(asked.at("uid").text()).contains("42");
        assertThat(asked.at("groups").texts()).containsExactly("ops", "team", "system:authenticated");
        assertThat(asked.at("extra", "scopes.example.org/read").texts()).containsExactly("a");
        assertThat(running.apiServer.tokenReviews).isEmpty();
        Json attributes = asked.at("resourceAttributes");
        assertThat(attributes.at("verb").text()).contains("list");
        assertThat(attributes.at("group").text()).contains("external.metrics.k8s.io");
        assertThat(attributes.at("version").text()).contains("v1beta1");
        assertThat(attributes.at("resource").text()).contains("depth");
        assertThat(attributes.at("namespace").text()).contains("shop");
        assertThat(attributes.at("name").isPresent()).isFalse();
    }

    @Test
    void readsNamesAsUtf8() throws Exception {
        try (var socket = frontProxy()
                .getSocketFactory()
                .createSocket("127.0.0.1", running.server.uri().getPort())) {
            String request = "GET " + DEPTH + " HTTP/1.1\r\nHost: x\r\nX-Remote-User: björn\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine())
                    .startsWith("HTTP/1.1 200");
        }
        assertThat(onlyReview().at("user").text()).contains("björn");
    }

    @Test
    void believesNobodyElsesHeaders() throws Exception {
        running.apiServer.allows = asked -> !asked.at("user").text().orElse("").equals("system:anonymous");
        String[] headers = {"X-Remote-User", "root", "X-Remote-Group", "system:masters"};

        assertRefused(
                as(ClusterTrust.anonymous(), DEPTH, headers),
                403,
                "Forbidden",
                "user \"system:anonymous\" cannot list resource \"depth\" in API group \"external.metrics.k8s.io\" in the "
                        + "namespace \"shop\": no rule for it");
        assertThat(onlyReview().at("groups").texts()).containsExactly("system:unauthenticated");
        assertRefused(
                as(ClusterTrust.with(ClusterCertificates.FRONT, "other"), DEPTH, headers),
                401,
                "Unauthorized",
                "of CN=other, signed by CN=ca");
        assertRefused(
                as(ClusterTrust.with(ClusterCertificates.NEXT_FRONT, "front-proxy"), DEPTH, headers),
                401,
                "Unauthorized",
                "extension-apiserver-authentication");
        assertRefused(as(frontProxy(), DEPTH), 401, "Unauthorized", "on behalf of a user");
    }

    @Test
    void knowsAUserByACertificate() throws Exception {
        SSLContext jane = ClusterTrust.with(ClusterCertificates.CLUSTER, "jane");
        assertThat(as(jane, DEPTH, "X-Remote-User", "root").statusCode()).isEqualTo(200);

        assertThat(onlyReview().at("user").text()).contains("jane");
        assertThat(onlyReview().at("groups").texts()).containsExactly("team", "ops", "system:authenticated");
        assertRefused(
                as(ClusterTrust.with(ClusterCertificates.CLUSTER, "servers-only"), DEPTH),
                401,
                "Unauthorized",
                "of CN=jane");
    }

    @Test
    void asksWhoseATokenIs() throws Exception {
        running.apiServer.tokens.put("good", "system:serviceaccount:shop:reader");

        for (int i = 0; i < 3; i++) {
            assertThat(as(ClusterTrust.anonymous(), DEPTH, "Authorization", "Bearer good")
                            .statusCode())
                    .isEqualTo(200);
            assertRefused(
                    as(ClusterTrust.anonymous(), DEPTH, "Authorization", "bearer bad"),
                    401,
                    "Unauthorized",
                    "does not know the bearer token");
        }

        assertThat(running.apiServer.tokenReviews).hasSize(2);
        assertThat(onlyReview().at("user").text()).contains("system:serviceaccount:shop:reader");
        assertThat(onlyReview().at("groups").texts()).containsExactly("readers", "system:authenticated");
        assertThat(onlyReview().at("extra", "pod").texts()).containsExactly("p-1");
        assertThat(running.log()).doesNotContain("Bearer").doesNotContain("own-token");
    }

    @Test
    void asksOnceForManyAtOnce() throws Exception {
        double hits = hits();
        try (Aggregator aggregator = new Aggregator(running.server.uri(), frontProxy());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> many = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                many.add(threads.submit(() -> aggregator.send("GET", DEPTH, "X-Remote-User", "many")));
            }
            for (Future<HttpResponse<String>> one : many) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
        }
        assertThat(running.apiServer.accessReviews).hasSize(1);
        assertThat(hits()).isEqualTo(hits + 2 * 49);
    }

    @Test
    void asksOnceForWhoMayReadEverything() throws Exception {
        running.apiServer.allowsAll = true;
        running.apiServer.broadReviews.clear();
        try {
            for (var metric : List.of("depth", "other")) {
                assertThat(as(frontProxy(), DEPTH.replace("depth", metric), "X-Remote-User", "autoscaler")
                                .statusCode())
                        .isEqualTo(200);
            }
        } finally {
            running.apiServer.allowsAll = false;
        }
        assertThat(running.apiServer.accessReviews).isEmpty();
        assertThat(running.apiServer.broadReviews).singleElement().satisfies(review -> {
            var attributes = review.at("spec", "resourceAttributes");
            assertThat(attributes.at("resource").text()).contains("*");
            assertThat(attributes.at("group").text()).contains("external.metrics.k8s.io");
            assertThat(attributes.at("namespace").isPresent()).isFalse();
        });
    }

    @Test
    void remembersANoForThatAlone() throws Exception {
        running.apiServer.allows = asked ->
                !asked.at("resourceAttributes", "resource").text().orElse("").equals("depth");
        for (int i = 0; i < 2; i++) {
            assertThat(as(frontProxy(), DEPTH, "X-Remote-User", "half").statusCode())
                    .isEqualTo(403);
        }
        assertThat(as(frontProxy(), DEPTH.replace("depth", "other"), "X-Remote-User", "half")
                        .statusCode())
                .isEqualTo(200);
        assertThat(running.apiServer.accessReviews).hasSize(2);
        assertThat(running.meters
                        .get("highwater.kubernetes.review.duration")
                        .tags("review", "access", "result", "denied")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void asksAsKubernetesNamesRights() throws Exception {
        String custom = "/apis/custom.metrics.k8s.io/v1beta2/namespaces/shop/deployments.apps/web/depth";
        as(frontProxy(), custom, "X-Remote-User", "u1");
        Json attributes = onlyReview().at("resourceAttributes");
        assertThat(attributes.at("verb").text()).contains("get");
        assertThat(attributes.at("resource").text()).contains("deployments.apps");
        assertThat(attributes.at("name").text()).contains("web");
        assertThat(attributes.at("subresource").text()).contains("depth");

        running.apiServer.accessReviews.clear();
        as(frontProxy(), DEPTH + "?watch=true", "X-Remote-User", "u2");
        assertThat(onlyReview().at("resourceAttributes", "verb").text()).contains("watch");
    }

    @Test
    void letsAnybodyProbe() throws Exception {
        for (String path : List.of("/livez", "/healthz", "/readyz")) {
            assertThat(as(ClusterTrust.anonymous(), path).body()).isEqualTo("ok\n");
            assertThat(as(ClusterTrust.with(ClusterCertificates.FRONT, "other"), path)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(running.apiServer.accessReviews).isEmpty();
    }

    private static double hits() {
        return running.meters
                .get("highwater.kubernetes.review.cache.hits")
                .tag("review", "access")
                .counter()
                .count();
    }

    private static Json onlyReview() {
        assertThat(running.apiServer.specifications()).hasSize(1);
        return running.apiServer.specifications().getFirst();
    }

    private static SSLContext frontProxy() throws Exception {
        return ClusterTrust.with(ClusterCertificates.FRONT, "front-proxy");
    }

    private static HttpResponse<String> as(SSLContext client, String path, String... headers) throws Exception {
        try (Aggregator aggregator = new Aggregator(running.server.uri(), client)) {
            return aggregator.send("GET", path, headers);
        }
    }
}
