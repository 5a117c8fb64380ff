// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import com.sun.net.httpserver.HttpServer;
import io.highwater.core.log.Log;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An HTTP server: one or more listening sockets, the same handler behind each, a virtual thread per exchange. */
public final class WebServer implements AutoCloseable {

    static {
        ServerLimits.apply(); // before anything of the JDK's server is loaded
    }

    /** For a handler and for the client to take its response; collections have shorter deadlines. */
    public static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

    private final List<HttpServer> sockets = new ArrayList<>();
    private final Optional<Supplier<ServerTls>> tls;
    private final ExchangeThreads threads;
    private final Exchanges exchanges;
    private final Log log;

    private WebServer(Optional<Supplier<ServerTls>> tls, Handler handler, Duration longestAnswer, Log log) {
        this.tls = tls;
        this.threads = new ExchangeThreads(longestAnswer);
        this.exchanges = new Exchanges(handler, threads, log);
        this.log = log;
    }

    /** As the other, with {@link #LONGEST_ANSWER}. */
    public static WebServer start(List<String> listen, Optional<Supplier<ServerTls>> tls, Handler handler, Log log) {
        return start(listen, tls, handler, LONGEST_ANSWER, log);
    }

    /**
     * Listens, or throws {@link WebException} and holds no socket.
     *
     * @param listen {@code :9187}, {@code 127.0.0.1:0}, {@code [::1]:9187}
     * @param tls asked for with every new connection; none for plain text
     * @param longestAnswer after which an exchange is cut off, counted from its request
     */
    public static WebServer start(
            List<String> listen, Optional<Supplier<ServerTls>> tls, Handler handler, Duration longestAnswer, Log log) {
        List<ListenAddress> addresses =
                listen.stream().map(ListenAddress::parse).toList();
        WebServer server = new WebServer(tls, handler, longestAnswer, log.from("WebServer"));
        try {
            addresses.forEach(server::listen);
            return server;
        } catch (RuntimeException refused) {
            server.close();
            throw refused;
        }
    }

    /** Where it listens, with the ports that were free where 0 was asked for. */
    public List<InetSocketAddress> addresses() {
        return sockets.stream().map(HttpServer::getAddress).toList();
    }

    /** A base URI on this machine, from the first address. */
    public URI uri() {
        InetSocketAddress address = addresses().getFirst();
        String host = address.getAddress().isAnyLocalAddress() ? "localhost" : address.getHostString();
        return URI.create((tls.isPresent() ? "https://" : "http://") + withPort(host, address));
    }

    /** Stops at once: exchanges under way are cut off. */
    @Override
    public void close() {
        threads.close(); // first, since the JDK's server would wait for a TLS client that does not read
        sockets.forEach(socket -> socket.stop(0));
    }

    /** Connections that shake hands, send a request, wait for its answer or take it. */
    public int exchangesUnderWay() {
        return threads.running();
    }

    private void listen(ListenAddress address) {
        try {
            HttpServer socket = tls.isPresent()
                    ? TlsSocket.create(address.resolve(), tls.get())
                    : HttpServer.create(address.resolve(), 0);
            sockets.add(socket);
            socket.createContext("/", exchanges);
            socket.setExecutor(threads);
            socket.start();
            InetSocketAddress bound = socket.getAddress();
            String host = bound.getAddress().isAnyLocalAddress() ? "::" : bound.getHostString();
            log.info("Listening", "address", withPort(host, bound), "tls", tls.isPresent());
        } catch (IOException e) {
            throw new WebException("cannot listen on " + address.text() + ": " + e.getMessage(), e);
        }
    }

    private static String withPort(String host, InetSocketAddress address) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
