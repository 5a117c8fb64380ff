// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import com.sun.net.httpserver.HttpServer;
import io.highwater.agent.log.Log;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The agent's HTTP server: one or more listening sockets, the same routes on each, a virtual thread per exchange. */
public final class WebServer implements AutoCloseable {

    static {
        ServerLimits.apply(); // before anything of the JDK's server is loaded
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpServer> sockets = new ArrayList<>();
    private final Log log;

    private WebServer(Log log) {
        this.log = log.from("WebServer");
    }

    /**
     * Listens, or throws {@link WebException} and holds no socket.
     *
     * @param listen {@code --web.listen-address}: {@code :9187}, {@code 127.0.0.1:0}, {@code [::1]:9187}
     * @param config {@code --web.config.file}: the YAML that Prometheus' exporters share
     */
    public static WebServer start(List<String> listen, Optional<Path> config, Routes routes, Log log) {
        WebServer server = new WebServer(log);
        try {
            Exchanges exchanges = new Exchanges(routes, server.log);
            listen.stream().map(ListenAddress::parse).forEach(address -> server.listen(address, exchanges));
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
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort());
    }

    /** Stops at once: exchanges under way are cut off. */
    @Override
    public void close() {
        threads.shutdownNow();
        sockets.forEach(socket -> socket.stop(0));
    }

    private void listen(ListenAddress address, Exchanges exchanges) {
        try {
            HttpServer socket = HttpServer.create(address.resolve(), 0);
            sockets.add(socket);
            socket.createContext("/", exchanges);
            socket.setExecutor(threads);
            socket.start();
            log.info("Listening", "address", socket.getAddress());
        } catch (IOException e) {
            throw new WebException("cannot listen on " + address.text() + ": " + e.getMessage(), e);
        }
    }
}
