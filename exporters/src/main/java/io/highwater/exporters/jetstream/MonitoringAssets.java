// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.exporters.client.Json;
import io.highwater.exporters.jetstream.AssetsSeen.Silent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The streams and consumers that one server holds, from its {@code /jsz}. It speaks for those that it leads; of the
 * others it is only known that they are there.
 */
final class MonitoringAssets {

    private final String node;
    private final JetStreamSettings settings;
    private final OldestPending oldest = new OldestPending(new Advisories(() -> {}));

    MonitoringAssets(String node, JetStreamSettings settings) {
        this.node = node;
        this.settings = settings;
    }

    /** What one reading gathers. */
    private static final class Reading {
        final Map<String, StreamState> streams = new TreeMap<>();
        final List<ConsumerState> consumers = new ArrayList<>();
        final List<Silent> silent = new ArrayList<>();
        Optional<Instant> now = Optional.empty();
        int streamsOver;
        int consumersOver;
    }

    AssetsSeen read(Json json, String server) throws IOException {
        var reading = new Reading();
        json.object(field -> {
            switch (field) {
                case "now" -> reading.now = json.time();
                case "account_details" ->
                    json.array(() -> {
                        account(json, server, reading);
                        return json;
                    });
                default -> {}
            }
        });
        return seen(server, reading);
    }

    private void account(Json json, String server, Reading reading) throws IOException {
        var name = new String[] {""};
        json.object(field -> {
            switch (field) {
                case "name" -> name[0] = json.text();
                case "stream_detail" ->
                    json.array(() -> {
                        stream(new Assets(json, name[0], server), server, reading);
                        return json;
                    });
                default -> {}
            }
        });
    }

    private void stream(Assets assets, String server, Reading reading) throws IOException {
        var consumers = new ArrayList<ConsumerState>();
        var stream = assets.stream(consumer -> {
            if (settings.watchesConsumer(consumer.name())) {
                consumers.add(consumer);
            }
        });
        if (!settings.watchesStream(stream.name())) {
            return;
        }
        if (reading.streams.size() >= settings.maxStreams()) {
            reading.streamsOver++;
            return;
        }
        reading.streams.put(stream.key(), stream);
        boolean joined = stream.group().size() > 0;
        consumers.forEach(consumer -> consumer(consumer, joined && isLed(consumer, server), reading));
    }

    private static boolean isLed(ConsumerState consumer, String server) {
        return consumer.group().leader().filter(server::equals).isPresent();
    }

    private void consumer(ConsumerState consumer, boolean led, Reading reading) {
        if (reading.consumers.size() + reading.silent.size() >= settings.maxConsumers()) {
            reading.consumersOver++;
        } else if (led) {
            reading.consumers.add(consumer);
        } else {
            reading.silent.add(new Silent(consumer.account(), consumer.stream(), consumer.name(), consumer.group()));
        }
    }

    private ConsumerState aged(ConsumerState found, StreamState stream) {
        var consumer = found.in(stream);
        return consumer.withOldestPending(oldest.oldestSeconds(stream, consumer, OldestPending.Messages.NONE));
    }

    private AssetsSeen seen(String server, Reading reading) {
        var streams = new ArrayList<StreamState>();
        for (var stream : reading.streams.values()) {
            var timed = stream.at().isPresent() ? stream : stream.withTime(reading.now);
            oldest.see(timed);
            streams.add(timed);
        }
        var consumers = reading.consumers.stream()
                .map(consumer -> aged(consumer, Objects.requireNonNull(reading.streams.get(consumer.streamKey()))))
                .toList();
        var keys = new HashSet<String>();
        consumers.forEach(consumer -> keys.add(consumer.key()));
        oldest.keep(reading.streams.keySet(), keys);
        return new AssetsSeen(
                node,
                server,
                "",
                streams,
                consumers,
                reading.silent,
                Set.of(),
                Map.of("stream", reading.streamsOver, "consumer", reading.consumersOver),
                false,
                Map.of(),
                Map.of(),
                System.nanoTime());
    }
}
