// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that calls an external scaler as KEDA's operator does, with grpc-js. Ends with this JVM, however that ends. What
 * the scaler refuses is a {@link LabException} with its status and its words.
 */
public final class KedaProgram implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 20;

    /**
     * What a poll brings.
     *
     * @param specs each a map of the names in externalscaler.proto
     * @param values as KEDA reads them
     */
    public record Poll(List<?> specs, List<?> values, boolean active) {}

    private final ServerFolder folder;
    private final ServerProcess process;
    private final JsonExchange exchange;
    private final List<Map<?, ?>> news = new ArrayList<>();

    private KedaProgram() {
        folder = ServerFolder.create("keda", Account.SELF);
        for (var file : new String[] {"keda.mjs", "externalscaler.proto"}) {
            folder.write(file, resource(file));
        }
        var library = Path.of(System.getProperty(QueueLibrary.FOLDER_PROPERTY, ".tools/bin"), "grpc-js-1")
                .toAbsolutePath();
        if (!Files.isDirectory(library)) {
            folder.delete();
            throw new LabException("no " + library + "; scripts/tools fetches it");
        }
        var command = List.of("node", folder.home().resolve("keda.mjs").toString(), library.toString());
        process = ServerProcess.startTalking(command, folder.home(), folder.log());
        exchange = new JsonExchange(process, this::note, () -> ServerProcess.tail(folder.log(), TAIL_LINES));
        LastResort.add(this);
    }

    public static KedaProgram start() {
        return new KedaProgram();
    }

    private static String resource(String name) {
        try (var stream = KedaProgram.class.getResourceAsStream("keda/" + name)) {
            if (stream == null) {
                throw new LabException("no resource keda/" + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In plaintext. */
    public void connect(int port) {
        ask("connect", Map.of("address", "127.0.0.1:" + port));
    }

    /**
     * Over TLS.
     *
     * @param client the name of its certificate and key without {@code .crt} and {@code .key}; empty for none
     */
    public void connect(int port, Path ca, Optional<Path> client) {
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("address", "127.0.0.1:" + port);
        parameters.put("ca", ca.toString());
        client.ifPresent(file -> {
            parameters.put("cert", file + ".crt");
            parameters.put("key", file + ".key");
        });
        ask("connect", parameters);
    }

    /** What KEDA asks at every polling interval. */
    public Poll poll(String namespace, Map<String, String> metadata) {
        if (ask("poll", Map.of("object", object(namespace, metadata))) instanceof Map<?, ?> poll
                && poll.get("specs") instanceof List<?> specs
                && poll.get("values") instanceof List<?> values) {
            return new Poll(specs, values, Boolean.TRUE.equals(poll.get("active")));
        }
        throw new LabException("not a poll");
    }

    /** Opens a stream, whose messages come among {@link #news}. */
    public void open(String stream, String method, String namespace, Map<String, String> metadata) {
        ask("open", Map.of("stream", stream, "method", method, "object", object(namespace, metadata)));
    }

    private static Map<String, Object> object(String namespace, Map<String, String> metadata) {
        return Map.of("name", "worker", "namespace", namespace, "scalerMetadata", metadata);
    }

    /** What came over a stream so far: its messages, and how it ended. */
    public List<Map<?, ?>> news(String stream) {
        synchronized (news) {
            return news.stream().filter(one -> stream.equals(one.get("stream"))).toList();
        }
    }

    private void note(Map<?, ?> one) {
        synchronized (news) {
            news.add(one);
        }
    }

    private @Nullable Object ask(String operation, Map<String, ?> parameters) {
        return exchange.ask(operation, parameters, LIMIT);
    }

    /** It hangs: SIGSTOP. Its connections stay. */
    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    /** Kills it and deletes its folder. */
    @Override
    public void close() {
        process.kill();
        exchange.awaitEnd();
        folder.delete();
        LastResort.remove(this);
    }
}
