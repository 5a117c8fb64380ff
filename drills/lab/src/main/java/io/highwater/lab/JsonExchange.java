// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests and answers as lines of JSON, over the pipes of a process. A request has an id, a name and parameters, and its
 * answer has the same id, and a value or an error; what has no id is news. Thread-safe.
 */
final class JsonExchange {

    private final BufferedReader output;
    private final BufferedWriter input;
    private final Consumer<Map<?, ?>> news;
    private final Supplier<String> evidence;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, CompletableFuture<@Nullable Object>> open = new ConcurrentHashMap<>();
    private final Thread reader;
    private volatile boolean ended;

    /** @param evidence for the message of a request that fails, such as the end of a log */
    JsonExchange(ServerProcess process, Consumer<Map<?, ?>> news, Supplier<String> evidence) {
        this.output = process.output();
        this.input = process.input();
        this.news = news;
        this.evidence = evidence;
        this.reader =
                Thread.ofPlatform().daemon().name("exchange-" + process.pid()).start(this::read);
    }

    @Nullable
    Object ask(String operation, Map<String, ?> parameters, Duration limit) {
        long id = lastId.incrementAndGet();
        var answer = new CompletableFuture<@Nullable Object>();
        open.put(id, answer);
        var request = new LinkedHashMap<String, Object>(parameters);
        request.put("id", id);
        request.put("do", operation);
        try {
            write(Json.write(request));
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new LabException(operation + ": the program has ended:\n" + evidence.get(), e);
        } catch (ExecutionException e) {
            throw new LabException(
                    operation + ": "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage() + "\n" + evidence.get(),
                    e);
        } catch (TimeoutException e) {
            throw new LabException("waited " + limit.toSeconds() + " s for " + operation + "\n" + evidence.get(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting for " + operation, e);
        } finally {
            open.remove(id);
        }
    }

    private synchronized void write(String line) throws IOException {
        if (ended) {
            throw new IOException("end of output");
        }
        input.write(line);
        input.newLine();
        input.flush();
    }

    private void read() {
        try {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (Json.read(line) instanceof Map<?, ?> message) {
                    take(message);
                }
            }
        } catch (IOException | LabException e) {
            System.err.println("lab: " + e.getMessage());
        } finally {
            ended = true;
            open.values().forEach(answer -> answer.completeExceptionally(new LabException("the program has ended")));
        }
    }

    private void take(Map<?, ?> message) {
        if (!(message.get("id") instanceof Long id)) {
            news.accept(message);
            return;
        }
        var answer = open.get(id);
        if (answer == null) {
            return; // nobody waits for it any more
        }
        if (message.get("error") instanceof String error) {
            answer.completeExceptionally(new LabException(error));
        } else {
            answer.complete(message.get("value"));
        }
    }

    /** Says that there will be no more requests. */
    void end() {
        try {
            input.close();
        } catch (IOException e) {
            // it had ended itself
        }
    }

    /** Returns when all that an ended process said has been read. */
    void awaitEnd() {
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
