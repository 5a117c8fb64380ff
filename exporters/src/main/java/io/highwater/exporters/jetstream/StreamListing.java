// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private final ApiConnection connection;

    StreamListing(ApiConnection connection) {
        this.connection = connection;
    }

    Listed<StreamState> streams(String account, Deadline deadline)
            throws ApiFailure, CollectionException, InterruptedException {
        return list("STREAM.LIST", "streams", account, assets -> assets.stream(_ -> {}), deadline);
    }

    Listed<ConsumerState> consumers(StreamState stream, Deadline deadline)
            throws ApiFailure, CollectionException, InterruptedException {
        return list("CONSUMER.LIST." + stream.name(), "consumers", stream.account(), Assets::consumer, deadline);
    }

    private <T> Listed<T> list(String subject, String what, String account, Element<T> element, Deadline deadline)
            throws ApiFailure, CollectionException, InterruptedException {
        var found = new ArrayList<T>();
        var missing = new ArrayList<String>();
        var total = new long[1];
        int before;
        do {
            before = found.size() + missing.size();
            var error = connection.ask(subject, "{\"offset\":" + before + "}", deadline.left(), (json, field) -> {
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

    /** One stream; empty when it is gone. Without a leader it may answer too, and then says that it has none. */
    Optional<StreamState> stream(String account, String name, Deadline deadline)
            throws ApiFailure, CollectionException, InterruptedException {
        var reader = new Assets.StreamReader[1];
        var error = connection.ask("STREAM.INFO." + name, "", deadline.left(), (json, field) -> {
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
