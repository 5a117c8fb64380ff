// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import com.sun.net.httpserver.HttpServer;
import io.highwater.agent.log.Log;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The agent's HTTP server: one or more listening sockets, the same routes on each, a virtual thread per exchange. */
public final class WebServer implements AutoCloseable {

    static {
        ServerLimits.apply(); // before anything of the JDK's server is loaded
    }

    /** For a handler and for the client to take its response; collections have shorter deadlines. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

    private final List<HttpServer> sockets = new ArrayList<>();
    private final Optional<WebConfigFile> config;
    private final ExchangeThreads threads;
    private final Exchanges exchanges;
    private final Log log;

    private WebServer(Optional<WebConfigFile> config, Routes routes, Duration longestAnswer, Log log) {
        this.config = config;
        this.threads = new ExchangeThreads(longestAnswer);
        this.exchanges = new Exchanges(behind(config, routes), threads, log);
        this.log = log;
    }

    /**
     * Listens, or throws {@link WebException} and holds no socket.
     *
     * @param listen {@code --web.listen-address}: {@code :9187}, {@code 127.0.0.1:0}, {@code [::1]:9187}
     * @param config {@code --web.config.file}: the YAML that Prometheus' exporters share
     */
    public static WebServer start(List<String> listen, Optional<Path> config, Routes routes, Log log) {
        return start(listen, config, routes, LONGEST_ANSWER, log);
    }

    static WebServer start(List<String> listen, Optional<Path> config, Routes routes, Duration longestAnswer, Log log) {
        Log own = log.from("WebServer");
        List<ListenAddress> addresses =
                listen.stream().map(ListenAddress::parse).toList();
        WebServer server = new WebServer(config.map(path -> WebConfigFile.open(path, own)), routes, longestAnswer, own);
        try {
            addresses.forEach(server::listen);
            return server;
        } catch (RuntimeException refused) {
            server.close();
            throw refused;
        }
    }

    /** Throws {@link WebException} if a server would not start with this web configuration. */
    public static void check(Path config, Log log) {
        WebConfigFile.open(config, log);
    }

    /** Where it listens, with the ports that were free where 0 was asked for. */
    public List<InetSocketAddress> addresses() {
        return sockets.stream().map(HttpServer::getAddress).toList();
    }

    /** A base URI on this machine, from the first address. */
    public URI uri() {
        InetSocketAddress address = addresses().getFirst();
        String host = address.getAddress().isAnyLocalAddress() ? "localhost" : address.getHostString();
        return URI.create((isTls() ? "https://" : "http://") + withPort(host, address));
    }

    /** Stops at once: exchanges under way are cut off. */
    @Override
    public void close() {
        threads.close(); // first, since the JDK's server would wait for a TLS client that does not read
        sockets.forEach(socket -> socket.stop(0));
    }

    int exchangesUnderWay() {
        return threads.running();
    }

    private static Handler behind(Optional<WebConfigFile> config, Routes routes) {
        return config.<Handler>map(file -> request -> file.current().gate().answer(request, routes))
                .orElse(routes::answer);
    }

    private boolean isTls() {
        return config.filter(file -> file.current().tls().isPresent()).isPresent();
    }

    private void listen(ListenAddress address) {
        try {
            HttpServer socket = isTls()
                    ? TlsSocket.create(address.resolve(), this::newestTls)
                    : HttpServer.create(address.resolve(), 0);
            sockets.add(socket);
            socket.createContext("/", exchanges);
            socket.setExecutor(threads);
            socket.start();
            InetSocketAddress bound = socket.getAddress();
            String host = bound.getAddress().isAnyLocalAddress() ? "::" : bound.getHostString();
            log.info("Listening", "address", withPort(host, bound), "tls", isTls());
        } catch (IOException e) {
            throw new WebException("cannot listen on " + address.text() + ": " + e.getMessage(), e);
        }
    }

    private static String withPort(String host, InetSocketAddress address) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private Tls newestTls() {
        return config.flatMap(file -> file.newest().tls()).orElseThrow();
    }
}
