// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One real NATS server on free loopback ports, which it keeps over restarts, with JetStream in a temporary folder. See
 * {@link NatsUser} for who may log in.
 *
 * <p>What goes wrong in the lab is a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class NatsServer implements AutoCloseable {

    static final String CONFIGURATION = "server.conf";
    private static final int MONITORING_MILLIS = 2_000;

    private final String name;
    private final NatsBinaries binaries;
    private final LabProcess process;
    private final String scheme;
    private final int port = FreePort.next();
    private final int monitoringPort = FreePort.next();
    private final int routePort = FreePort.next();
    private boolean paused;

    NatsServer(String name, NatsBinaries binaries, String scheme) {
        this.name = name;
        this.binaries = binaries;
        this.scheme = scheme;
        this.process = new LabProcess(name, Account.running(binaries.program()));
    }

    /** Puts a file into the folder that the server runs in. */
    void write(String file, String content) {
        process.folder().write(file, content);
    }

    /**
     * Returns when the server accepts clients and answers its monitoring port, which is before it has found the other
     * nodes; does nothing when it already runs.
     */
    public NatsServer start() {
        if (isRunning()) {
            return this;
        }
        launch();
        awaitListening();
        return this;
    }

    void launch() {
        paused = false;
        process.launch(List.of(binaries.program().toString(), "--config", CONFIGURATION));
    }

    void awaitListening() {
        // The monitoring port is there a moment earlier than the clients'.
        process.awaitStart("to listen", () -> monitoring("/varz").isPresent() && ListeningServer.accepts(port));
    }

    /** An orderly shutdown; does nothing when it does not run. */
    public void stop() {
        process.stop("TERM");
    }

    public void restart() {
        stop();
        start();
    }

    /** A crash: SIGKILL. Its ports are free when this returns. */
    public void kill() {
        process.kill();
    }

    /** A hang: SIGSTOP. Connections stay, nobody answers. */
    public void pause() {
        process.pause();
        paused = true;
    }

    public void resume() {
        process.resume();
        paused = false;
    }

    /** What the monitoring port answers to a path such as {@code /jsz?streams=true}; empty when it does not or not with 200. */
    public Optional<JsonValue> monitoring(String path) {
        try {
            var request = (HttpURLConnection)
                    URI.create(monitoringUrl() + path).toURL().openConnection();
            request.setConnectTimeout(MONITORING_MILLIS);
            request.setReadTimeout(MONITORING_MILLIS);
            try (var answer = request.getInputStream()) {
                return Optional.of(JsonParser.parse(answer.readAllBytes()));
            }
        } catch (JsonParseException e) {
            throw new LabException(name + " answers " + path + " with what is not JSON", e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public String name() {
        return name;
    }

    /** Such as 2.9. */
    public String version() {
        return binaries.version();
    }

    /** Where clients connect to. */
    public int port() {
        return port;
    }

    /** {@code nats://} or {@code tls://}, without a user. */
    public String url() {
        return scheme + "://127.0.0.1:" + port;
    }

    public int monitoringPort() {
        return monitoringPort;
    }

    public String monitoringUrl() {
        return "http://127.0.0.1:" + monitoringPort;
    }

    int routePort() {
        return routePort;
    }

    /** JetStream's folder. */
    public Path storeFolder() {
        return process.folder().home().resolve("store");
    }

    /** Of the newest start; 0 when it was never started. */
    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /** Whether it runs and is not paused. */
    public boolean isAwake() {
        return isRunning() && !paused;
    }

    public String logTail() {
        return process.logTail();
    }

    Path home() {
        return process.folder().home();
    }

    /** Kills the server and deletes its folder. */
    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return "NATS " + version() + " " + name + " on port " + port;
    }
}
