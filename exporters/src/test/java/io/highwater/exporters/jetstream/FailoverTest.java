// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.exporters.Watched;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsServer;
import io.highwater.lab.NatsUser;
import io.highwater.lab.NatsWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown while servers fail: the truth, or nothing. */
@Timeout(180)
class FailoverTest {

    private static final Map<String, Function<NatsCluster, Watched>> SOURCES = Map.of(
            "api", cluster -> WatchedBus.byApi(cluster, NatsUser.MONITOR),
            "monitoring", WatchedBus::byMonitoring,
            "both", WatchedBus::both);

    private static final int PER_SECOND = 50;

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(100));
    }

    private static void shows(Watched watched, double value, String family, String... labels) {
        within(25)
                .untilAsserted(() -> assertThat(watched.value(family, labels))
                        .as(family + List.of(labels))
                        .hasValue(value));
    }

    private static void showsThatAllWorks(Watched watched, String source) {
        shows(watched, 1, "nats_stream_has_leader", "stream_name", "ORDERS");
        shows(watched, 1, "nats_consumer_has_leader", "stream_name", "ORDERS", "consumer_name", "worker");
        shows(watched, 1, "ha_quorum_margin", "unit", "stream", "name", "APP/ORDERS");
        shows(watched, 1, "ha_quorum_margin", "unit", "consumer", "name", "APP/ORDERS/worker");
        shows(watched, 3, "nats_stream_replicas_current", "stream_name", "ORDERS");
        shows(watched, 1, "nats_jetstream_meta_has_leader");
        if (!source.equals("api")) {
            shows(watched, 1, "ha_quorum_margin", "unit", "meta");
            shows(watched, 3, "ha_quorum_members", "state", "online");
        }
    }

    @ParameterizedTest
    @CsvSource({"2.15,api", "2.15,monitoring", "2.9,both"})
    void theLeaderIsKilledUnderLoad(String version, String source) {
        try (var cluster = NatsCluster.of(version).start()) {
            cluster.client().createStream("ORDERS", 3);
            cluster.client().createConsumer("ORDERS", "worker");
            try (var writer = NatsWriter.start(cluster, "ORDERS.a", PER_SECOND);
                    var watched = SOURCES.get(source).apply(cluster)) {
                showsThatAllWorks(watched, source);
                try (var truth = Truth.watch(watched, "ORDERS")) {
                    var leader = cluster.awaitLeader("ORDERS");
                    leader.kill();
                    within(25).until(() -> cluster.leader("ORDERS").isPresent());
                    shows(watched, 1, "nats_stream_has_leader", "stream_name", "ORDERS");
                    shows(watched, 0, "ha_quorum_margin", "unit", "stream", "name", "APP/ORDERS");
                    shows(watched, 1, "nats_stream_replicas_offline", "stream_name", "ORDERS");
                    assertThat(watched.lines("nats_stream_leader_info", "stream_name", "ORDERS"))
                            .noneMatch(line -> line.contains("server_name=\"" + leader.name() + "\""));
                    if (!source.equals("api")) {
                        shows(watched, 0, "nats_up", "node", leader.name());
                        shows(watched, 0, "ha_quorum_margin", "unit", "meta");
                        shows(watched, 2, "ha_quorum_members", "state", "online");
                    }
                    long before = writer.count();
                    within(25).until(() -> writer.count() > before + PER_SECOND);
                    leader.start();
                    showsThatAllWorks(watched, source);
                    writer.pause();
                    within(10)
                            .untilAsserted(
                                    () -> assertThat(watched.value("nats_stream_last_seq", "stream_name", "ORDERS"))
                                            .hasValue(cluster.client()
                                                    .streamInfo("ORDERS")
                                                    .getStreamState()
                                                    .getLastSequence()));
                    assertThat(truth.lies(writer)).isEmpty();
                    assertThat(truth.looks()).anyMatch(look -> look.hasLeader().orElse(1) == 0);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2.15,api", "2.15,both", "2.9,monitoring"})
    void twoOfThreeAreKilledAndBroughtBack(String version, String source) {
        try (var cluster = NatsCluster.of(version).start()) {
            cluster.client().createStream("ORDERS", 3);
            cluster.client().createConsumer("ORDERS", "worker");
            try (var writer = NatsWriter.start(cluster, "ORDERS.a", PER_SECOND);
                    var watched = SOURCES.get(source).apply(cluster)) {
                showsThatAllWorks(watched, source);
                // The survivor leads the stream: it goes on for seconds to say so.
                var survivor = cluster.awaitLeader("ORDERS");
                try (var truth = Truth.watch(watched, "ORDERS")) {
                    cluster.others(survivor).forEach(NatsServer::kill);
                    shows(watched, 0, "nats_stream_has_leader", "stream_name", "ORDERS");
                    shows(watched, -1, "ha_quorum_margin", "unit", "stream", "name", "APP/ORDERS");
                    assertThat(watched.value("nats_stream_last_seq", "stream_name", "ORDERS"))
                            .isEmpty();
                    assertThat(watched.value("nats_consumer_num_pending", "stream_name", "ORDERS"))
                            .isEmpty();
                    shows(watched, 0, "nats_jetstream_meta_has_leader");
                    shows(watched, -1, "ha_quorum_margin", "unit", "meta");
                    // It stays so, whatever the survivor says.
                    await().during(Duration.ofSeconds(3))
                            .atMost(Duration.ofSeconds(4))
                            .until(() -> watched.value("nats_stream_has_leader", "stream_name", "ORDERS")
                                            .orElse(0)
                                    == 0);
                    cluster.start();
                    showsThatAllWorks(watched, source);
                    assertThat(truth.lies(writer)).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2.15,both", "2.9,api"})
    void theLeaderIsFrozenAndThawed(String version, String source) {
        try (var cluster = NatsCluster.of(version).start()) {
            cluster.client().createStream("ORDERS", 3);
            cluster.client().createConsumer("ORDERS", "worker");
            try (var writer = NatsWriter.start(cluster, "ORDERS.a", PER_SECOND);
                    var watched = SOURCES.get(source).apply(cluster)) {
                showsThatAllWorks(watched, source);
                try (var truth = Truth.watch(watched, "ORDERS")) {
                    var leader = cluster.awaitLeader("ORDERS");
                    leader.pause();
                    within(25).until(() -> cluster.leader("ORDERS").isPresent());
                    shows(watched, 0, "ha_quorum_margin", "unit", "stream", "name", "APP/ORDERS");
                    long before = writer.count();
                    within(25).until(() -> writer.count() > before + PER_SECOND);
                    leader.resume();
                    showsThatAllWorks(watched, source);
                    assertThat(truth.lies(writer)).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"api", "both"})
    void theNodeOfAStreamWithoutReplicasIsKilled(String source) {
        try (var cluster = NatsCluster.newest().start()) {
            cluster.client().createStream("ORDERS", 3);
            cluster.client().createConsumer("ORDERS", "worker");
            cluster.client().createStream("SOLO", 1);
            cluster.client().publish("SOLO.a", 3);
            try (var watched = SOURCES.get(source).apply(cluster)) {
                showsThatAllWorks(watched, source);
                shows(watched, 0, "ha_quorum_margin", "unit", "stream", "name", "APP/SOLO");
                var node = cluster.awaitLeader("SOLO");
                node.kill();
                shows(watched, 0, "nats_stream_has_leader", "stream_name", "SOLO");
                shows(watched, -1, "ha_quorum_margin", "unit", "stream", "name", "APP/SOLO");
                assertThat(watched.value("nats_stream_total_messages", "stream_name", "SOLO"))
                        .isEmpty();
                shows(watched, 1, "nats_stream_has_leader", "stream_name", "ORDERS");
                node.start();
                shows(watched, 1, "nats_stream_has_leader", "stream_name", "SOLO");
                shows(watched, 3, "nats_stream_total_messages", "stream_name", "SOLO");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2.15,both", "2.9,api"})
    void aStreamAndItsConsumerMove(String version, String source) {
        try (var cluster = NatsCluster.of(version).start()) {
            cluster.client().createStream("ORDERS", 3);
            cluster.client().createConsumer("ORDERS", "worker");
            try (var writer = NatsWriter.start(cluster, "ORDERS.a", PER_SECOND);
                    var watched = SOURCES.get(source).apply(cluster);
                    var truth = Truth.watch(watched, "ORDERS")) {
                showsThatAllWorks(watched, source);
                for (var node : cluster.nodes()) {
                    cluster.moveLeader("ORDERS", node);
                    within(10)
                            .untilAsserted(
                                    () -> assertThat(watched.lines("nats_stream_leader_info", "stream_name", "ORDERS"))
                                            .singleElement()
                                            .asString()
                                            .contains("server_name=\"" + node.name() + "\""));
                    cluster.moveLeader("ORDERS", "worker", cluster.others(node).getFirst());
                }
                showsThatAllWorks(watched, source);
                assertThat(truth.lies(writer)).isEmpty();
                // One series, whoever led it.
                assertThat(watched.lines("nats_stream_last_seq")).hasSize(1);
                assertThat(watched.lines("nats_consumer_num_pending")).hasSize(1);
            }
        }
    }
}
