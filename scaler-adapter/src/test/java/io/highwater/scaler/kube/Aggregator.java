// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/**
 * What Kubernetes asks of an aggregated API server, request by request and header by header: its aggregator, and its
 * autoscaler through the aggregator.
 */
final class Aggregator implements AutoCloseable {

    static final String AGGREGATED_DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private static final String[] ITSELF = {"X-Remote-User", "system:kube-aggregator"};
    private static final String[] AS_MASTER = {
        "X-Remote-User", "system:kube-aggregator", "X-Remote-Group", "system:masters"
    };
    private static final String[] FOR_OPENAPI = {"X-Remote-User", "system:aggregator"};
    private static final String[] FOR_AUTOSCALER = {
        "X-Remote-User", "system:serviceaccount:kube-system:horizontal-pod-autoscaler",
        "X-Remote-Group", "system:serviceaccounts",
        "X-Remote-Group", "system:serviceaccounts:kube-system",
        "X-Remote-Group", "system:authenticated",
        "X-Remote-Extra-Authentication.kubernetes.io%2fpod-Name", "kcm-1"
    };

    private final URI server;
    private final HttpClient client;

    /** @param certificate shown by the client, or none in a context without */
    Aggregator(URI server, SSLContext certificate) {
        this.server = URI.create("https://localhost:" + server.getPort());
        this.client = HttpClient.newBuilder()
                .sslContext(certificate)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    static Aggregator of(MetricsApiServer server) throws Exception {
        return new Aggregator(server.uri(), ClusterTrust.with(ClusterCertificates.FRONT, "front-proxy"));
    }

    /** The availability check: five at once, of which one has to be good. */
    List<HttpResponse<String>> check(String groupVersion) {
        List<CompletableFuture<HttpResponse<String>>> five = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            five.add(
                    client.sendAsync(request("/apis/" + groupVersion, AS_MASTER).build(), BodyHandlers.ofString()));
        }
        return five.stream().map(CompletableFuture::join).toList();
    }

    HttpResponse<String> aggregatedDiscovery(String... tag) throws Exception {
        HttpRequest.Builder request = request("/apis", AS_MASTER).header("Accept", AGGREGATED_DISCOVERY);
        if (tag.length > 0) {
            request.header("If-None-Match", tag[0]);
        }
        return send(request);
    }

    HttpResponse<String> fallbackDiscovery(String groupVersion) throws Exception {
        return send(request("/apis/" + groupVersion, ITSELF).header("Accept", "application/json"));
    }

    HttpResponse<String> openApi(String path, String... tag) throws Exception {
        HttpRequest.Builder request = request(path, FOR_OPENAPI).header("Accept", "application/json");
        if (tag.length > 0) {
            request.header("If-None-Match", tag[0]);
        }
        return send(request);
    }

    /** As the autoscaler's client for external metrics asks. */
    HttpResponse<byte[]> external(String namespace, String metric, String selector) throws Exception {
        String path = "/apis/external.metrics.k8s.io/v1beta1/namespaces/" + namespace + "/" + metric + "?labelSelector="
                + URLEncoder.encode(selector, StandardCharsets.UTF_8);
        return client.send(
                request(path, FOR_AUTOSCALER)
                        .header("Accept", "application/vnd.kubernetes.protobuf, */*")
                        .build(),
                BodyHandlers.ofByteArray());
    }

    /** On behalf of the autoscaler, what JSON is there. */
    HttpResponse<String> get(String path) throws Exception {
        return send(request(path, FOR_AUTOSCALER).header("Accept", "application/json"));
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        return send(request(path, headers).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
