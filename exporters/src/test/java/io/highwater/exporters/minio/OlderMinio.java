// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.highwater.lab.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;

/** A real MinIO that has no metrics v3: what it would answer to these, and everything else as it is. */
final class OlderMinio implements AutoCloseable {

    private static final Set<String> OURS = Set.of("content-length", "date", "transfer-encoding", "connection");

    private final String real;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    OlderMinio(String real) {
        this.real = real;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI().toString();
            // That is what MinIO answers to any path below /minio that it does not know.
            var known = !uri.startsWith("/minio/metrics/v3");
            if (known) {
                forward(exchange, uri);
            } else {
                exchange.sendResponseHeaders(403, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(HttpExchange exchange, String uri) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(real + uri));
        var login = exchange.getRequestHeaders().getFirst("Authorization");
        if (login != null) {
            request.header("Authorization", login);
        }
        var response = client.send(request.build(), BodyHandlers.ofByteArray());
        response.headers().map().forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
        if (response.body().length > 0) {
            exchange.getResponseBody().write(response.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
