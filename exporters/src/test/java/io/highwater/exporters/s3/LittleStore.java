// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.highwater.lab.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A store of one bucket that keeps what is put into it, lets nobody delete some, and fails at one kind of request. */
final class LittleStore implements AutoCloseable {

    /** What is done to the requests of one method. */
    enum Trouble {
        /** They are carried out and never answered. */
        HANG,
        /** They are answered with other bytes than those that were put. */
        LIE
    }

    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Set<String> locked = ConcurrentHashMap.newKeySet();
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    LittleStore() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(requests);
        server.createContext("/", this::answer);
        server.start();
    }

    LittleStore with(String method, Trouble trouble) {
        troubles.put(method, trouble);
        return this;
    }

    /** Keeps an object that may not be deleted. */
    void lock(String key) {
        objects.put(key, new byte[1]);
        locked.add(key);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** By key, without the bucket. */
    Map<String, byte[]> objects() {
        return objects;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var path = exchange.getRequestURI().getPath().split("/", 3);
            if (path.length < 3) {
                send(exchange, 200, list(String.valueOf(exchange.getRequestURI().getQuery())));
                return;
            }
            carryOut(exchange, path[2], body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(HttpExchange exchange, String key, byte[] body) throws IOException, InterruptedException {
        var method = exchange.getRequestMethod();
        if (method.equals("PUT")) {
            objects.put(key, body);
        } else if (method.equals("DELETE") && !locked.contains(key)) {
            objects.remove(key);
        }
        var trouble = troubles.get(method);
        if (trouble == Trouble.HANG) {
            closed.await();
            return;
        }
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        var kept = objects.getOrDefault(key, new byte[0]);
        switch (method) {
            case "PUT" -> send(exchange, 200, "");
            case "HEAD" -> {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(kept.length));
                exchange.sendResponseHeaders(200, -1);
            }
            case "GET" -> send(exchange, 200, trouble == Trouble.LIE ? new byte[kept.length] : kept);
            default -> {
                boolean denied = locked.contains(key);
                send(exchange, denied ? 403 : 204, denied ? "<Error><Code>AccessDenied</Code></Error>" : "");
            }
        }
    }

    /** All objects below the prefix, and that they are old. */
    private String list(String query) {
        var prefix = query.replaceAll(".*\\bprefix=([^&]*).*", "$1");
        var list = new StringBuilder("<ListVersionsResult>");
        objects.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> list.append("<Version><Key>")
                        .append(key)
                        .append("</Key><LastModified>2020-01-01T00:00:00Z</LastModified></Version>"));
        return list.append("</ListVersionsResult>").toString();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, body.getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        requests.close();
    }
}
