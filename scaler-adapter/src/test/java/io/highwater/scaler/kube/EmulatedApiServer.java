// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.highwater.scaler.kube.client.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * As much of a cluster's API server as an aggregated one talks to: the ConfigMap with its watch, reviews of tokens and of
 * access, and whatever else a test lets it say. Can go away and come back.
 */
public final class EmulatedApiServer implements AutoCloseable {

    /** What the aggregator of Kubernetes sends in headers. */
    private static final Map<String, String> HEADERS = Map.of(
            "requestheader-allowed-names", "[\"front-proxy-client\"]",
            "requestheader-username-headers", "[\"X-Remote-User\"]",
            "requestheader-uid-headers", "[\"X-Remote-Uid\"]",
            "requestheader-group-headers", "[\"X-Remote-Group\"]",
            "requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]");

    private static final String GONE =
            "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}}";

    public final List<Json> tokenReviews = new CopyOnWriteArrayList<>();
    public final List<Json> accessReviews = new CopyOnWriteArrayList<>();

    /** Of everything in a group. */
    public final List<Json> broadReviews = new CopyOnWriteArrayList<>();

    public volatile boolean allowsAll;
    public final List<String> watches = new CopyOnWriteArrayList<>();
    public final List<String> lists = new CopyOnWriteArrayList<>();
    public final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** Users by their tokens. */
    public final Map<String, String> tokens = new ConcurrentHashMap<>();

    /** JSON by path. */
    public final Map<String, String> documents = new ConcurrentHashMap<>();

    /** Whether the specification of a review asks for something that is allowed. */
    public volatile Predicate<Json> allows = specification -> true;

    private final List<BlockingQueue<String>> watchers = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile Map<String, String> data = Map.of();
    private volatile int version = 1;
    private volatile int oldest = 1;
    private HttpServer server;

    private EmulatedApiServer(int port) throws Exception {
        this.server = listen(port);
        this.port = server.getAddress().getPort();
    }

    public static EmulatedApiServer start() throws Exception {
        return new EmulatedApiServer(0);
    }

    private HttpServer listen(int at) throws Exception {
        HttpsServer made = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        made.setHttpsConfigurator(new HttpsConfigurator(ClusterCertificates.CLUSTER.as("server")));
        made.createContext("/", this::answer);
        made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        made.start();
        return made;
    }

    public String url() {
        return "https://localhost:" + port;
    }

    /** Cuts all connections and refuses new ones. */
    public void goAway() {
        server.stop(0);
    }

    public void comeBack() throws Exception {
        server = listen(port);
    }

    /** With the headers that Kubernetes uses. */
    static Map<String, String> authentication(String requestHeaderCa, String clientCa) {
        Map<String, String> all = new java.util.HashMap<>(HEADERS);
        all.put("requestheader-client-ca-file", requestHeaderCa);
        all.put("client-ca-file", clientCa);
        return Map.copyOf(all);
    }

    /** Replaces the ConfigMap and tells who watches. */
    public synchronized void configMap(Map<String, String> content) {
        data = content;
        version++;
        watchers.forEach(watcher -> watcher.add(event()));
    }

    private String event() {
        return "{\"type\":\"MODIFIED\",\"object\":" + map() + "}";
    }

    /** Replaces the ConfigMap as one who watches does not see it, and says that his version is too old. */
    public synchronized void configMapUnseen(Map<String, String> content) {
        data = content;
        version++;
        oldest = version;
        watchers.forEach(watcher -> watcher.add(GONE));
    }

    private String map() {
        return new String(
                Json.write(Map.of(
                        "metadata",
                        Map.of("name", "extension-apiserver-authentication", "resourceVersion", "" + version),
                        "data",
                        data)),
                StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (path.equals("/api/v1/namespaces/kube-system/configmaps")) {
                if (query.contains("watch=1")) {
                    watch(exchange, query);
                } else {
                    lists.add(query);
                    String items = data.isEmpty() ? "" : map();
                    send(
                            exchange,
                            200,
                            "{\"metadata\":{\"resourceVersion\":\"" + version + "\"},\"items\":[" + items + "]}");
                }
            } else if (path.endsWith("/tokenreviews")) {
                send(exchange, 201, reviewToken(body(exchange)));
            } else if (path.endsWith("/subjectaccessreviews")) {
                send(exchange, 201, reviewAccess(body(exchange)));
            } else if (documents.containsKey(path)) {
                send(exchange, 200, String.valueOf(documents.get(path)));
            } else {
                send(exchange, 404, "{\"kind\":\"Status\",\"message\":\"no such thing\"}");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(HttpExchange exchange, String query) throws IOException, InterruptedException {
        watches.add(query);
        int from = Integer.parseInt(query.replaceFirst(".*resourceVersion=(\\d+).*", "$1"));
        BlockingQueue<String> events = watcher(from);
        try {
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            out.flush();
            while (true) {
                out.write((events.take() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } finally {
            watchers.remove(events);
        }
    }

    private synchronized BlockingQueue<String> watcher(int from) {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        if (from < version) {
            events.add(from < oldest ? GONE : event());
        }
        watchers.add(events);
        return events;
    }

    private String reviewToken(Json review) {
        tokenReviews.add(review);
        String user = tokens.get(review.at("spec", "token").text().orElseThrow());
        return user == null
                ? "{\"status\":{\"authenticated\":false}}"
                : "{\"status\":{\"authenticated\":true,\"user\":{\"username\":\"" + user
                        + "\",\"uid\":\"7\",\"groups\":[\"readers\"],\"extra\":{\"pod\":[\"p-1\"]}}}}";
    }

    private String reviewAccess(Json review) {
        boolean broad = review.at("spec", "resourceAttributes", "resource")
                .text()
                .filter("*"::equals)
                .isPresent();
        (broad ? broadReviews : accessReviews).add(review);
        boolean allowed = broad ? allowsAll : allows.test(review.at("spec"));
        return "{\"status\":{\"allowed\":" + allowed + ",\"reason\":\"" + (allowed ? "" : "no rule for it") + "\"}}";
    }

    private static Json body(HttpExchange exchange) throws IOException {
        return Json.read(exchange.getRequestBody().readAllBytes());
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** What was asked about access by now. */
    List<Json> specifications() {
        return new ArrayList<>(
                accessReviews.stream().map(review -> review.at("spec")).toList());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
