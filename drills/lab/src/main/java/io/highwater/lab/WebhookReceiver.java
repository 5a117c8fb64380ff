// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Who is on call: a web server on a free loopback port that remembers what an Alertmanager sent to it, and when. Thread-safe. */
public final class WebhookReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Notification> notifications = new CopyOnWriteArrayList<>();

    private WebhookReceiver(HttpServer server) {
        this.server = server;
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    public static WebhookReceiver start() {
        return new WebhookReceiver(FreePort.open(address -> HttpServer.create(address, 0)));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var received = Instant.now();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            notifications.add(Notification.of(body, received));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** All so far, in the order they came. */
    public List<Notification> notifications() {
        return List.copyOf(notifications);
    }

    /** Those to one receiver of the Alertmanager's configuration. */
    public List<Notification> to(String receiver) {
        return notifications.stream()
                .filter(one -> one.receiver().equals(receiver))
                .toList();
    }

    /** For the {@code url} of a {@code webhook_config}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
