// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When messages were stored, from {@code STREAM.MSG.GET}. Asked once for each: the same message stays a consumer's
 * oldest as long as it is not done with it.
 */
final class StoredMessages {

    private record Found(long from, Instant at) {}

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final ApiConnection connection;
    private final Map<String, Found> found = new ConcurrentHashMap<>();
    private volatile boolean mayNotAsk;

    StoredMessages(ApiConnection connection) {
        this.connection = connection;
    }

    /** Whether the server has said that this login may not ask. */
    boolean mayNotAsk() {
        return mayNotAsk;
    }

    OldestPending.Messages until(Deadline deadline) {
        return (stream, sequence, consumer) -> first(stream, sequence, consumer, deadline);
    }

    private Optional<Instant> first(StreamState stream, long from, ConsumerState consumer, Deadline deadline) {
        var known = found.get(consumer.key());
        if (known != null && known.from == from) {
            return Optional.of(known.at);
        }
        if (mayNotAsk) {
            return Optional.empty();
        }
        try {
            var first = ask(stream.name(), from, consumer.filters(), deadline);
            first.ifPresent(at -> found.put(consumer.key(), new Found(from, at)));
            return first;
        } catch (CollectionException e) {
            mayNotAsk |= e.reason() == Reason.AUTH;
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The first of the subjects that a consumer wants; each subject is asked for apart. */
    private Optional<Instant> ask(String stream, long from, List<String> subjects, Deadline deadline)
            throws CollectionException, InterruptedException {
        Optional<Instant> first = Optional.empty();
        for (var subject : subjects.isEmpty() ? List.of(">") : subjects) {
            var at = ask(stream, from, subject, deadline);
            if (at.isPresent() && (first.isEmpty() || at.get().isBefore(first.get()))) {
                first = at;
            }
        }
        return first;
    }

    private Optional<Instant> ask(String stream, long from, String subject, Deadline deadline)
            throws CollectionException, InterruptedException {
        var time = new ArrayList<Instant>(1);
        var body = "{\"seq\":" + from + ",\"next_by_subj\":\"" + subject + "\"}";
        connection.ask("STREAM.MSG.GET." + stream, body, deadline.left(LIMIT), (json, field) -> {
            if (field.equals("message")) {
                json.object(key -> {
                    if (key.equals("time")) {
                        json.time().ifPresent(time::add);
                    }
                });
            }
        });
        return time.stream().findFirst();
    }

    /** Forgets consumers that are gone. */
    void keep(Set<String> consumers) {
        found.keySet().retainAll(consumers);
    }
}
