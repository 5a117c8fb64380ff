// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One real Alertmanager on a free loopback port, alone, with its data in a temporary folder. What goes wrong in the lab is
 * a {@link LabException}. Not thread-safe: one test or drill drives it.
 */
public final class AlertmanagerServer implements AutoCloseable {

    private static final String CONFIGURATION = "alertmanager.yml";
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final int TAIL_LINES = 20;

    private final ServerFolder folder = ServerFolder.create("alertmanager", Account.SELF);
    private final int port = FreePort.next();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
    private @Nullable ServerProcess process;

    private AlertmanagerServer(String configuration) {
        folder.write(CONFIGURATION, configuration);
        LastResort.add(this);
    }

    /** Returns when it takes alerts. */
    public static AlertmanagerServer start(String configuration) {
        var server = new AlertmanagerServer(configuration);
        try {
            server.launch();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void launch() {
        var command = List.of(
                Tools.program("alertmanager").toString(),
                "--config.file=" + CONFIGURATION,
                "--storage.path=data",
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address="); // without gossip, whose port would be a fixed one on all addresses
        var started = ServerProcess.start(folder.account(), command, folder.home(), folder.log());
        process = started;
        Await.until(
                "Alertmanager to be ready",
                START_LIMIT,
                () -> !started.isRunning() || get("/-/ready").isPresent(),
                this::logTail);
        if (!started.isRunning()) {
            throw new LabException("Alertmanager ended while starting:\n" + logTail());
        }
    }

    /** Hands it firing alerts, by their labels, as Prometheus does; those that are there already are renewed. */
    public void fire(List<Map<String, String>> alerts) {
        post(alerts, Optional.empty());
    }

    /** Tells it that these are over. */
    public void resolve(List<Map<String, String>> alerts) {
        post(alerts, Optional.of(Instant.now()));
    }

    private void post(List<Map<String, String>> alerts, Optional<Instant> end) {
        var body = alerts.stream()
                .map(labels -> end.isEmpty()
                        ? Map.of("labels", labels)
                        : Map.of("labels", labels, "endsAt", end.get().toString()))
                .toList();
        var request = request("/api/v2/alerts")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build();
        if (send(request).isEmpty()) {
            throw new LabException("Alertmanager took no alerts:\n" + logTail());
        }
    }

    /** What is firing now, whether people are told or not. */
    public List<HeldAlert> alerts() {
        var answer = get("/api/v2/alerts").orElseThrow(() -> new LabException("Alertmanager does not answer"));
        return Json.read(answer) instanceof List<?> all
                ? all.stream().map(HeldAlert::of).toList()
                : List.of();
    }

    private Optional<String> get(String path) {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(ANSWER_LIMIT);
    }

    private Optional<String> send(HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while asking Alertmanager", e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String logTail() {
        return ServerProcess.tail(folder.log(), TAIL_LINES);
    }

    /** Kills the server and deletes its folder. */
    @Override
    public void close() {
        http.close();
        if (process != null) {
            process.kill();
        }
        folder.delete();
        LastResort.remove(this);
    }

    @Override
    public String toString() {
        return "Alertmanager on port " + port;
    }
}
