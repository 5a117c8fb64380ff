// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;

/**
 * A web server on a free loopback port that answers everything with one page, such as a program's metrics, and remembers
 * what it was asked. Compresses for who takes that.
 */
public final class PageServer implements AutoCloseable {

    /**
     * What was asked.
     *
     * @param headers by their names in lower case
     */
    public record Request(String method, String path, Map<String, String> headers, String body) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    private record Page(int status, String contentType, String body) {}

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Page page = new Page(404, "text/plain", "");
    private volatile Optional<String> authorization = Optional.empty();

    private PageServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public static PageServer start() {
        return new PageServer(FreePort.open(address -> HttpServer.create(address, 0)), "http");
    }

    /** One that speaks TLS alone. */
    public static PageServer start(LabTls tls) {
        return start(tls.serverContext());
    }

    /** The same with a certificate of the same authority, but for another host. */
    public static PageServer startAsAnother(LabTls tls) {
        return start(tls.clientContext());
    }

    private static PageServer start(SSLContext context) {
        var server = FreePort.open(address -> HttpsServer.create(address, 0));
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new PageServer(server, "https");
    }

    /** From now on, this is the page. */
    public PageServer serve(int status, String contentType, String body) {
        page = new Page(status, contentType, body);
        return this;
    }

    /** From now on, only who sends this in {@code Authorization} gets it; others get 401. */
    public PageServer demand(String value) {
        authorization = Optional.of(value);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = request(exchange);
            requests.add(asked);
            boolean let = authorization.isEmpty() || authorization.equals(asked.header("authorization"));
            send(exchange, let ? page : new Page(401, "text/plain", ""), asked);
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), Map.copyOf(headers), body);
    }

    private static void send(HttpExchange exchange, Page page, Request asked) throws IOException {
        var body = page.body.getBytes(StandardCharsets.UTF_8);
        if (!page.contentType.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", page.contentType);
        }
        if (asked.header("accept-encoding").orElse("").contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            var compressed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(compressed)) {
                gzip.write(body);
            }
            body = compressed.toByteArray();
        }
        exchange.sendResponseHeaders(page.status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    /** All so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return scheme + "://127.0.0.1:" + port();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
