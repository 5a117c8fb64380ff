// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import io.highwater.core.log.Log;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Between the JDK's exchanges and our requests and responses. */
final class Exchanges implements HttpHandler {

    /**
     * Bytes per write. The JDK's server keeps a buffer of twice the largest write for every connection: writing 1 MB at
     * once to 50 scrapers exhausts a small heap, and pieces much smaller than this halve the throughput.
     */
    static final int SLICE = 32 * 1024;

    private final Handler handler;
    private final ExchangeThreads threads;
    private final Log log;

    Exchanges(Handler handler, ExchangeThreads threads, Log log) {
        this.handler = handler;
        this.threads = threads;
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        threads.requestArrived();
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Response answer(HttpExchange exchange) {
        Request request = request(exchange);
        try {
            return handler.handle(request);
        } catch (InterruptedException cutOff) {
            log.warn("A handler was cut off", "method", request.method(), "path", request.path());
            return Response.text(503, "503 service unavailable");
        } catch (Throwable bug) { // an Error, too: the thread ends here, and the JDK's server would not log it
            log.bug("A handler failed", bug, "method", request.method(), "path", request.path());
            return Response.text(500, "500 internal server error");
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        response.headers().forEach(exchange.getResponseHeaders()::set);
        long length = response.length();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
            write(response.body(), exchange.getResponseBody(), (int) Math.min(length, SLICE));
        }
    }

    /** Joins small parts and cuts large ones. */
    static void write(List<byte[]> body, OutputStream to, int slice) throws IOException {
        if (slice == 0) {
            return;
        }
        try (OutputStream out = new BufferedOutputStream(to, slice)) {
            for (byte[] part : body) {
                for (int from = 0; from < part.length; from += slice) {
                    out.write(part, from, Math.min(slice, part.length - from));
                }
            }
        }
    }

    private static Request request(HttpExchange exchange) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestURI().getRawPath(),
                Query.parse(exchange.getRequestURI().getRawQuery()),
                Collections.unmodifiableMap(headers),
                exchange.getRemoteAddress(),
                peerCertificates(exchange));
    }

    private static List<X509Certificate> peerCertificates(HttpExchange exchange) {
        if (!(exchange instanceof HttpsExchange secured)) {
            return List.of();
        }
        try {
            return Stream.of(secured.getSSLSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
    }
}
