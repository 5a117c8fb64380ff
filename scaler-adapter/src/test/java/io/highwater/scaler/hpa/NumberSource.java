// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.highwater.lab.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Numbers of tests, as the APIs of external, custom and resource metrics: a server that Kubernetes can register. */
final class NumberSource implements AutoCloseable {

    /** Answers an autoscaler. */
    interface Reader {
        MetricResult read(String metric);

        /** The names of the pods that its use of memory is of, those without a number last. */
        default List<String> pods() {
            return List.of();
        }
    }

    /** What each pod asks for: 1 MB. */
    static final long REQUEST_MILLI = 1_000_000_000;

    private static final String NO_LIST = "[{\"name\": \"any\", \"singularName\": \"\", \"namespaced\": true,"
            + " \"kind\": \"MetricValueList\", \"verbs\": [\"get\"]}]";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Reader> readers = new ConcurrentHashMap<>();

    NumberSource(SSLContext identity) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity));
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Who answers for the metrics of a namespace. */
    void serve(String namespace, Reader reader) {
        readers.put(namespace, reader);
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            // apis, group, version, namespaces, namespace, then the metric or resource, object, metric
            var path = Arrays.asList(
                    exchange.getRequestURI().getPath().substring(1).split("/", -1));
            var reader = path.size() > 5 ? readers.get(path.get(4)) : null;
            if (path.size() == 3 && path.getFirst().equals("apis")) {
                send(exchange, 200, discovery(path.get(1) + "/" + path.get(2)));
            } else if (reader != null) {
                metric(exchange, path, reader);
            } else {
                send(exchange, 404, status(404, "there is no " + exchange.getRequestURI()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String discovery(String groupVersion) {
        return "{\"kind\": \"APIResourceList\", \"apiVersion\": \"v1\", \"groupVersion\": \"%s\", \"resources\": %s}"
                .formatted(groupVersion, NO_LIST);
    }

    private static void metric(HttpExchange exchange, List<String> path, Reader reader) throws IOException {
        boolean external = path.size() == 6;
        switch (reader.read(path.get(1).equals("metrics.k8s.io") ? "memory" : path.getLast())) {
            case MetricResult.Values values ->
                send(exchange, 200, external ? external(path, values) : custom(path, values));
            case MetricResult.Failed failed -> send(exchange, 503, status(503, failed.message()));
            case MetricResult.Pods pods -> send(exchange, 200, memory(reader.pods(), pods));
        }
    }

    private static String external(List<String> path, MetricResult.Values values) {
        var items = values.milli().stream()
                .map(milli -> "{\"metricName\": \"%s\", \"metricLabels\": {}, \"timestamp\": \"2026-11-02T10:00:00Z\","
                                .formatted(path.getLast())
                        + " \"value\": \"" + milli + "m\"}")
                .toList();
        return "{\"kind\": \"ExternalMetricValueList\", \"apiVersion\": \"%s/%s\", \"metadata\": {}, \"items\": %s}"
                .formatted(path.get(1), path.get(2), items);
    }

    private static String custom(List<String> path, MetricResult.Values values) {
        var items = values.milli().stream()
                .map(milli -> "{\"describedObject\": {\"kind\": \"Service\", \"namespace\": \"%s\", \"name\": \"%s\"},"
                                .formatted(path.get(4), path.get(6))
                        + " \"metric\": {\"name\": \"%s\"}, \"timestamp\": \"2026-11-02T10:00:00Z\", \"value\": \"%dm\"}"
                                .formatted(path.getLast(), milli))
                .toList();
        return "{\"kind\": \"MetricValueList\", \"apiVersion\": \"%s/%s\", \"metadata\": {}, \"items\": %s}"
                .formatted(path.get(1), path.get(2), items);
    }

    private static String memory(List<String> names, MetricResult.Pods pods) {
        var items = names.stream()
                .limit(pods.measured())
                .map(name ->
                        "{\"metadata\": {\"name\": \"%s\"}, \"timestamp\": \"2026-11-02T10:00:00Z\", \"window\": \"30s\","
                                        .formatted(name)
                                + " \"containers\": [{\"name\": \"main\", \"usage\": {\"memory\": \"%dm\"}}]}"
                                        .formatted(pods.usageMilli() / pods.measured()))
                .toList();
        return "{\"kind\": \"PodMetricsList\", \"apiVersion\": \"metrics.k8s.io/v1beta1\", \"metadata\": {}, \"items\": %s}"
                .formatted(items);
    }

    private static String status(int code, String message) {
        return "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"metadata\": {}, \"status\": \"Failure\","
                + " \"reason\": \"ServiceUnavailable\", \"code\": %d, \"message\": \"%s\"}".formatted(code, message);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
