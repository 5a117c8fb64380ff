// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * As much of a Kubernetes API server as Helm's {@code lookup} of secrets asks; it has those that were put there. Helm finds it
 * by the variable KUBECONFIG.
 */
final class Cluster implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback {

    private final Map<String, Object> secrets = new TreeMap<>();
    private @Nullable HttpServer server;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/", this::answer);
        started.start();
        server = started;
        var file = requireNonNull(System.getenv("KUBECONFIG"), "KUBECONFIG");
        Files.writeString(Path.of(file), kubeconfig(started.getAddress().getPort()));
    }

    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        secrets.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        requireNonNull(server).stop(0);
    }

    synchronized void put(Node secret) {
        secrets.put(
                secret.at("metadata", "namespace").text() + "/secrets/"
                        + secret.at("metadata", "name").text(),
                secret.value() instanceof Map<?, ?> map ? map : Map.of());
    }

    private static String kubeconfig(int port) {
        return """
                apiVersion: v1
                kind: Config
                current-context: it
                clusters: [{ name: it, cluster: { server: "http://127.0.0.1:%d" } }]
                contexts: [{ name: it, context: { cluster: it, user: it } }]
                users: [{ name: it, user: {} }]
                """.formatted(port);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var found =
                switch (path) {
                    case "/version" -> Map.of("major", "1", "minor", "34", "gitVersion", "v1.34.0");
                    case "/api" -> Map.of("kind", "APIVersions", "versions", List.of("v1"));
                    case "/apis" -> Map.of("kind", "APIGroupList", "apiVersion", "v1", "groups", List.of());
                    case "/api/v1" ->
                        Map.of(
                                "kind",
                                "APIResourceList",
                                "groupVersion",
                                "v1",
                                "resources",
                                List.of(Map.of(
                                        "name",
                                        "secrets",
                                        "kind",
                                        "Secret",
                                        "namespaced",
                                        true,
                                        "verbs",
                                        List.of("get"))));
                    default -> secrets.get(path.replaceFirst("^/api/v1/namespaces/", ""));
                };
        var status = found == null ? 404 : 200;
        var body = new Gson()
                .toJson(
                        found == null
                                ? Map.of("kind", "Status", "apiVersion", "v1", "reason", "NotFound", "code", 404)
                                : found)
                .getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
