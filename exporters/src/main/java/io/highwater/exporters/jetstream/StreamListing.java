// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.InParallel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Streams and consumers as the JetStream API lists them, page by page, each as its leader says. */
final class StreamListing {

    /**
     * A whole list.
     *
     * @param missing names of those of which nobody spoke
     */
    record Listed<T>(List<T> found, List<String> missing) {}

    /** Reads one element. */
    @FunctionalInterface
    private interface Element<T> {
        T read(Assets assets) throws IOException;
    }

    private static final int IN_FLIGHT = 64;

    /** Who is there answers at once. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final ApiConnection connection;

    StreamListing(ApiConnection connection) {
        this.connection = connection;
    }

    /** @param page how long one page may take */
    Listed<StreamState> streams(String account, Deadline deadline, Duration page)
            throws ApiFailure, CollectionException, InterruptedException {
        return list("STREAM.LIST", "streams", account, assets -> assets.stream(_ -> {}), deadline, page);
    }

    /** @param page how long one page may take */
    Listed<ConsumerState> consumers(StreamState stream, Deadline deadline, Duration page)
            throws ApiFailure, CollectionException, InterruptedException {
        return list("CONSUMER.LIST." + stream.name(), "consumers", stream.account(), Assets::consumer, deadline, page);
    }

    private <T> Listed<T> list(
            String subject, String what, String account, Element<T> element, Deadline deadline, Duration page)
            throws ApiFailure, CollectionException, InterruptedException {
        var found = new ArrayList<T>();
        var missing = new ArrayList<String>();
        var total = new long[1];
        int before;
        do {
            before = found.size() + missing.size();
            var error = connection.ask(subject, "{\"offset\":" + before + "}", deadline.left(page), (json, field) -> {
                if (field.equals(what)) {
                    var assets = new Assets(json, account, "");
                    found.addAll(json.array(() -> element.read(assets)));
                } else if (field.equals("missing")) {
                    missing.addAll(json.array(json::text));
                } else if (field.equals("total")) {
                    total[0] = json.whole();
                }
            });
            if (error.isPresent()) {
                throw new ApiFailure(error.get());
            }
        } while (found.size() + missing.size() < total[0] && found.size() + missing.size() > before);
        return new Listed<>(found, missing);
    }

    /** The same, one by one, as far as they are known: for a list that waits for somebody who does not answer. */
    Listed<ConsumerState> consumers(StreamState stream, Collection<String> names, Deadline deadline)
            throws InterruptedException {
        var missing = new ConcurrentLinkedQueue<String>();
        var found = InParallel.each(names, IN_FLIGHT, name -> {
            var one = consumer(stream, name, deadline);
            if (one.isEmpty()) {
                missing.add(name);
            }
            return one;
        });
        return new Listed<>(found.stream().flatMap(Optional::stream).toList(), List.copyOf(missing));
    }

    private Optional<ConsumerState> consumer(StreamState stream, String name, Deadline deadline)
            throws InterruptedException {
        var reader = new Assets.ConsumerReader[1];
        try {
            var error = connection.ask(
                    "CONSUMER.INFO." + stream.name() + "." + name, "", deadline.left(LIMIT), (json, field) -> {
                        if (reader[0] == null) {
                            reader[0] = new Assets(json, stream.account(), "").readingConsumer();
                        }
                        reader[0].read(field);
                    });
            return error.isPresent()
                    ? Optional.empty()
                    : Optional.ofNullable(reader[0]).map(Assets.ConsumerReader::state);
        } catch (CollectionException e) {
            return Optional.empty();
        }
    }

    /** One stream; empty when it is gone. Without a leader it may answer too, and then says that it has none. */
    Optional<StreamState> stream(String account, String name, Deadline deadline)
            throws ApiFailure, CollectionException, InterruptedException {
        var reader = new Assets.StreamReader[1];
        var error = connection.ask("STREAM.INFO." + name, "", deadline.left(LIMIT), (json, field) -> {
            if (reader[0] == null) {
                reader[0] = new Assets(json, account, "").reading(_ -> {});
            }
            reader[0].read(field);
        });
        if (error.isPresent() && error.get().streamNotFound()) {
            return Optional.empty();
        }
        if (error.isPresent()) {
            throw new ApiFailure(error.get());
        }
        return Optional.ofNullable(reader[0]).map(Assets.StreamReader::state);
    }
}
