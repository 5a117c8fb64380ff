// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.Json;
import io.highwater.lab.NatsUser;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What servers of both versions answered: of ORDERS with three replicas and two consumers, of which the worker has
 * acknowledged one message of twenty, has four in work, and two of them for the second time; and of two copies of it.
 */
class AssetsTest {

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.15"})
    void streamsOfTheApi(String version) throws Exception {
        var streams = read(version, "streams", json -> {
            var found = new ArrayList<StreamState>();
            json.object(field -> {
                if (field.equals("streams")) {
                    var assets = new Assets(json, "APP", "");
                    found.addAll(json.array(() -> assets.stream(_ -> {})));
                }
            });
            return found;
        });
        assertThat(streams).extracting(StreamState::name).containsExactly("ALL", "COPY", "ORDERS");
        assertThat(streams).extracting(StreamState::replicas).containsExactly(1, 1, 3);
        assertThat(streams).extracting(StreamState::inMemory).containsExactly(false, true, false);
        assertThat(streams)
                .extracting(StreamState::upstreams)
                .containsExactly(
                        List.of(new StreamState.Upstream("ORDERS", false, 0)),
                        List.of(new StreamState.Upstream("ORDERS", true, 0)),
                        List.of());
        var orders = streams.getLast();
        isOrders(orders);
        assertThat(orders.at().isPresent()).isEqualTo(version.equals("2.15"));
        assertThat(orders.group().leaderSince().isPresent()).isEqualTo(version.equals("2.15"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.15"})
    void consumersOfTheApi(String version) throws Exception {
        var consumers = read(version, "consumers", json -> {
            var found = new ArrayList<ConsumerState>();
            json.object(field -> {
                if (field.equals("consumers")) {
                    found.addAll(json.array(new Assets(json, "APP", "")::consumer));
                }
            });
            return found;
        });
        assertThat(consumers).extracting(ConsumerState::key).containsExactly("APP/ORDERS/idle", "APP/ORDERS/worker");
        var idle = consumers.getFirst();
        assertThat(idle.pending()).isEqualTo(20);
        assertThat(idle.maxDeliver()).isEqualTo(-1);
        assertThat(idle.lastDelivery()).isEmpty();
        assertThat(idle.lastAck()).isEmpty();
        assertThat(idle.filters()).isEmpty();
        assertThat(idle.wantsAll()).isTrue();
        assertThat(idle.created().orElseThrow()).isAfter(Instant.parse("2026-11-22T10:00:00Z"));

        var worker = consumers.getLast();
        assertThat(worker.durable()).isTrue();
        assertThat(worker.ackPolicy()).isEqualTo("explicit");
        assertThat(worker.maxDeliver()).isEqualTo(5);
        assertThat(worker.filters()).containsExactly("ORDERS.a");
        assertThat(worker.wantsAll()).isFalse();
        assertThat(worker.deliveredSequence()).isEqualTo(5);
        assertThat(worker.deliveries()).isEqualTo(7);
        assertThat(worker.ackFloor()).isEqualTo(1);
        assertThat(worker.pending()).isEqualTo(15);
        assertThat(worker.ackPending()).isEqualTo(4);
        assertThat(worker.redelivered()).isEqualTo(2);
        assertThat(worker.lastAck().orElseThrow())
                .isBefore(worker.lastDelivery().orElseThrow());
        assertThat(worker.group().size()).isEqualTo(3);
        assertThat(worker.group().quorum()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.15"})
    void whatTheMonitoringPortOfTheStreamsLeaderTells(String version) throws Exception {
        var settings = WatchedBus.settings(List.of(), Map.of("nats-1", "http://localhost:1"), NatsUser.MONITOR);
        var seen = read(version, "jsz", json -> new MonitoringAssets("nats-1", settings).read(json, "nats-1"));
        var orders = seen.streams().stream()
                .filter(stream -> stream.name().equals("ORDERS"))
                .findFirst()
                .orElseThrow();
        isOrders(orders);
        assertThat(orders.key()).isEqualTo("APP/ORDERS");
        assertThat(orders.at()).as("before 2.10 the server's time is said once").isPresent();
        // It leads the idle one in 2.15 alone, and of the worker it knows nothing that is right in either.
        assertThat(seen.consumers())
                .extracting(ConsumerState::name)
                .isEqualTo(version.equals("2.15") ? List.of("idle") : List.of());
        assertThat(seen.silent()).extracting(AssetsSeen.Silent::consumer).contains("worker");
        assertThat(seen.silent())
                .filteredOn(silent -> silent.consumer().equals("worker"))
                .extracting(silent -> silent.group().leader())
                .containsExactly(Optional.of(version.equals("2.15") ? "nats-3" : "nats-2"));
    }

    @Test
    void aConsumersLeaderHasNoNumbersBeforeItSaysSinceWhenItLeads() throws Exception {
        var settings = WatchedBus.settings(List.of(), Map.of("nats-1", "http://localhost:1"), NatsUser.MONITOR);

        var seen = read("2.15", "jsz-elected", json -> new MonitoringAssets("nats-1", settings).read(json, "nats-1"));

        assertThat(seen.streams().getFirst().group().leader()).contains("nats-1");
        assertThat(seen.streams().getFirst().lastSequence()).isEqualTo(347);
        assertThat(seen.consumers()).isEmpty();
        assertThat(seen.silent()).extracting(AssetsSeen.Silent::consumer).containsExactly("worker");
    }

    @Test
    void aServerThatStartsLeadsNothingYetAlthoughItSaysSo() throws Exception {
        var settings = WatchedBus.settings(List.of(), Map.of("nats-1", "http://localhost:1"), NatsUser.MONITOR);

        var seen = read("2.15", "jsz-starting", json -> new MonitoringAssets("nats-1", settings).read(json, "nats-1"));

        assertThat(seen.streams()).extracting(StreamState::key).containsExactly("APP/ORDERS");
        assertThat(seen.streams().getFirst().group().leader()).isEmpty();
        assertThat(seen.consumers()).isEmpty();
        assertThat(seen.silent()).extracting(AssetsSeen.Silent::consumer).containsExactly("worker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "2.15"})
    void whatTheMetaLeadersMonitoringPortTellsOfItself(String version) throws Exception {
        var server = read(version, "varz", Varz::read).state("configured");
        assertThat(server.name()).isEqualTo(version.equals("2.9") ? "nats-3" : "nats-1");
        assertThat(server.jetStream()).isTrue();
        assertThat(server.syncSeconds()).hasValue(120);
        var meta = Objects.requireNonNull(server.meta());
        assertThat(meta.leader()).contains(server.name());
        assertThat(meta.others()).hasSize(2).allMatch(RaftGroup.Peer::answers);
    }

    private static void isOrders(StreamState orders) {
        assertThat(orders.limitMessages()).isEqualTo(1000);
        assertThat(orders.limitBytes()).isEqualTo(100_000);
        assertThat(orders.subjects()).containsExactly("ORDERS.>");
        assertThat(orders.messages()).isEqualTo(20);
        assertThat(orders.bytes()).isEqualTo(791);
        assertThat(orders.firstSequence()).isEqualTo(1);
        assertThat(orders.lastSequence()).isEqualTo(20);
        assertThat(orders.consumers()).isEqualTo(2);
        assertThat(orders.firstTime().orElseThrow())
                .isAfter(Instant.parse("2026-11-22T10:41:56Z"))
                .isBefore(orders.lastTime().orElseThrow());
        assertThat(orders.group().leader()).contains("nats-1");
        assertThat(orders.group().others()).extracting(RaftGroup.Peer::name).containsExactly("nats-2", "nats-3");
        assertThat(orders.group().others())
                .allMatch(RaftGroup.Peer::current)
                .allMatch(peer -> peer.activeSeconds() < 1);
    }

    private static <T> T read(String version, String reply, Json.DocumentReader<T> reader)
            throws IOException, CollectionException {
        try (var recorded =
                Objects.requireNonNull(AssetsTest.class.getResourceAsStream(version + "/" + reply + ".json"))) {
            return Json.read(recorded, reply, reader);
        }
    }
}
