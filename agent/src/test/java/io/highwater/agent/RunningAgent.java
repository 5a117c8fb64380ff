// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.highwater.agent.config.ConfigException;
import io.highwater.agent.scaling.ScalingOptions;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An agent on a free port, with its configuration in a directory of the test and its log in memory. */
final class RunningAgent implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Agent agent;

    private RunningAgent(Path directory, String yaml, Map<String, String> environment, ScalingOptions scaling) {
        file = directory.resolve("highwater.yaml");
        write(yaml);
        try {
            agent = Agent.start(
                    AgentOptions.of(file)
                            .listen("127.0.0.1:0")
                            .environment(environment)
                            .scaling(scaling),
                    new Log(LogFormat.LOGFMT, LogLevel.DEBUG, logged));
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    static RunningAgent start(Path directory, String yaml, Map<String, String> environment) {
        return start(directory, yaml, environment, ScalingOptions.NONE);
    }

    static RunningAgent start(Path directory, String yaml, Map<String, String> environment, ScalingOptions scaling) {
        return new RunningAgent(directory, yaml, environment, scaling);
    }

    static RunningAgent start(Path directory, String yaml) {
        return start(directory, yaml, Map.of());
    }

    RunningAgent awaitReady() {
        await().atMost(PATIENCE).until(agent::ready);
        return this;
    }

    /** Until a signal is fresh, stale or dead. */
    void awaitQuality(String signal, String quality) {
        var line = "highwater_signal_quality{quality=\"" + quality + "\",signal=\"" + signal + "\"} 1";
        await().atMost(Duration.ofMinutes(1)).until(() -> page("/metrics"), page -> page.contains(line));
    }

    void write(String yaml) {
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Agent agent() {
        return agent;
    }

    String log() {
        return logged.toString(UTF_8);
    }

    /** The body of a 200. */
    String page(String path) {
        var response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + "\n" + response.body());
        }
        return response.body();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> getBytes(String path, String... headers) {
        return send(request(path, headers), BodyHandlers.ofByteArray());
    }

    HttpResponse<String> post(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(agent.url() + path)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        agent.close();
        client.shutdownNow();
    }
}
