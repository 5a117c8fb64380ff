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
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is shown while servers fail: the truth, or nothing; over the API alone, the monitoring ports alone, and both,
 * each of which watches the same cluster.
 */
@Timeout(180)
class FailoverTest {

    private static final int PER_SECOND = 50;

    String version() {
        return "2.15";
    }

    /** A cluster with a stream under load, whose consumer takes nothing, and all who watch it. */
    private static final class Scene implements AutoCloseable {
        final NatsCluster cluster;
        final NatsWriter writer;
        final Map<String, Watched> sources;
        final List<Truth> truths;

        Scene(String version) {
            cluster = NatsCluster.of(version).start();
            cluster.client().createStream("ORDERS", 3);
            cluster.client().createConsumer("ORDERS", "worker");
            cluster.client().createStream("SOLO", 1);
            cluster.client().publish("SOLO.a", 3);
            writer = NatsWriter.start(cluster, "ORDERS.a", PER_SECOND);
            sources = Map.of(
                    "api", WatchedBus.byApi(cluster, NatsUser.MONITOR),
                    "monitoring", WatchedBus.byMonitoring(cluster),
                    "both", WatchedBus.both(cluster));
            showsThatAllWorks();
            truths = sources.values().stream()
                    .map(watched -> Truth.watch(watched, "ORDERS"))
                    .toList();
        }

        /** In all sources. */
        void shows(double value, String family, String... labels) {
            sources.keySet().forEach(source -> shows(source, value, family, labels));
        }

        /** In those that see each server. */
        void portsShow(double value, String family, String... labels) {
            List.of("monitoring", "both").forEach(source -> shows(source, value, family, labels));
        }

        private void shows(String source, double value, String family, String... labels) {
            within(25)
                    .untilAsserted(() -> assertThat(
                                    Objects.requireNonNull(sources.get(source)).value(family, labels))
                            .as(source + ": " + family + List.of(labels))
                            .hasValue(value));
        }

        void showsNothing(String family, String... labels) {
            sources.forEach((source, watched) ->
                    assertThat(watched.value(family, labels)).as(source).isEmpty());
        }

        void showsThatAllWorks() {
            shows(1, "nats_stream_has_leader", "stream_name", "ORDERS");
            shows(1, "nats_consumer_has_leader", "stream_name", "ORDERS", "consumer_name", "worker");
            shows(1, "ha_quorum_margin", "unit", "stream", "name", "APP/ORDERS");
            shows(1, "ha_quorum_margin", "unit", "consumer", "name", "APP/ORDERS/worker");
            shows(3, "nats_stream_replicas_current", "stream_name", "ORDERS");
            shows(1, "nats_jetstream_meta_has_leader");
            shows(1, "nats_stream_has_leader", "stream_name", "SOLO");
            shows(0, "ha_quorum_margin", "unit", "stream", "name", "APP/SOLO");
            portsShow(1, "ha_quorum_margin", "unit", "meta");
            portsShow(3, "ha_quorum_members", "state", "online");
        }

        void writesOn() {
            long before = writer.count();
            within(25).until(() -> writer.count() > before + PER_SECOND);
        }

        void neverLied() {
            truths.forEach(truth -> assertThat(truth.lies(writer)).isEmpty());
        }

        @Override
        public void close() {
            truths.forEach(Truth::close);
            sources.values().forEach(Watched::close);
            writer.close();
            cluster.close();
        }
    }

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(100));
    }

    @Test
    void theLeaderIsKilledUnderLoad() {
        try (var scene = new Scene(version())) {
            var leader = scene.cluster.awaitLeader("ORDERS");
            leader.kill();
            within(25).until(() -> scene.cluster.leader("ORDERS").isPresent());
            scene.shows(1, "nats_stream_has_leader", "stream_name", "ORDERS");
            scene.shows(0, "ha_quorum_margin", "unit", "stream", "name", "APP/ORDERS");
            scene.shows(1, "nats_stream_replicas_offline", "stream_name", "ORDERS");
            scene.portsShow(0, "nats_up", "node", leader.name());
            scene.portsShow(0, "ha_quorum_margin", "unit", "meta");
            scene.portsShow(2, "ha_quorum_members", "state", "online");
            scene.sources
                    .values()
                    .forEach(watched -> assertThat(watched.lines("nats_stream_leader_info", "stream_name", "ORDERS"))
                            .noneMatch(line -> line.contains("server_name=\"" + leader.name() + "\"")));
            scene.writesOn();
            leader.start();
            scene.showsThatAllWorks();
            scene.neverLied();
            assertThat(scene.truths)
                    .allMatch(truth -> truth.looks().stream()
                            .anyMatch(look -> look.hasLeader().orElse(1) == 0));
        }
    }

    @Test
    void twoOfThreeAreKilledAndBroughtBack() {
        try (var scene = new Scene(version())) {
            // The survivor leads the stream: it goes on for seconds to say so.
            var survivor = scene.cluster.awaitLeader("ORDERS");
            scene.cluster.others(survivor).forEach(NatsServer::kill);
            scene.shows(0, "nats_stream_has_leader", "stream_name", "ORDERS");
            scene.shows(-1, "ha_quorum_margin", "unit", "stream", "name", "APP/ORDERS");
            scene.showsNothing("nats_stream_last_seq", "stream_name", "ORDERS");
            scene.showsNothing("nats_consumer_num_pending", "stream_name", "ORDERS");
            scene.shows(0, "nats_jetstream_meta_has_leader");
            scene.shows(-1, "ha_quorum_margin", "unit", "meta");
            // It stays so, whatever the survivor says.
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> scene.sources.values().stream()
                            .allMatch(watched -> watched.value("nats_stream_has_leader", "stream_name", "ORDERS")
                                            .orElse(0)
                                    == 0));
            scene.cluster.start();
            scene.showsThatAllWorks();
            scene.neverLied();
        }
    }

    @Test
    void theLeaderIsFrozenAndThawed() {
        try (var scene = new Scene(version())) {
            var leader = scene.cluster.awaitLeader("ORDERS");
            leader.pause();
            within(25).until(() -> scene.cluster.leader("ORDERS").isPresent());
            scene.shows(0, "ha_quorum_margin", "unit", "stream", "name", "APP/ORDERS");
            scene.writesOn();
            leader.resume();
            scene.showsThatAllWorks();
            scene.neverLied();
        }
    }

    @Test
    void theNodeOfAStreamWithoutReplicasIsKilled() {
        try (var scene = new Scene(version())) {
            scene.shows(3, "nats_stream_total_messages", "stream_name", "SOLO");
            var node = scene.cluster.awaitLeader("SOLO");
            node.kill();
            scene.shows(0, "nats_stream_has_leader", "stream_name", "SOLO");
            scene.shows(-1, "ha_quorum_margin", "unit", "stream", "name", "APP/SOLO");
            scene.showsNothing("nats_stream_total_messages", "stream_name", "SOLO");
            scene.shows(1, "nats_stream_has_leader", "stream_name", "ORDERS");
            node.start();
            scene.showsThatAllWorks();
            scene.shows(3, "nats_stream_total_messages", "stream_name", "SOLO");
            scene.neverLied();
        }
    }

    @Test
    void aStreamAndItsConsumerMove() {
        try (var scene = new Scene(version())) {
            for (var node : scene.cluster.nodes()) {
                scene.cluster.moveLeader("ORDERS", node);
                scene.sources
                        .values()
                        .forEach(watched -> within(10)
                                .untilAsserted(() -> assertThat(
                                                watched.lines("nats_stream_leader_info", "stream_name", "ORDERS"))
                                        .singleElement()
                                        .asString()
                                        .contains("server_name=\"" + node.name() + "\"")));
                scene.cluster.moveLeader(
                        "ORDERS", "worker", scene.cluster.others(node).getFirst());
            }
            scene.showsThatAllWorks();
            scene.neverLied();
            // One series, whoever led it.
            scene.sources.values().forEach(watched -> {
                assertThat(watched.lines("nats_stream_last_seq", "stream_name", "ORDERS"))
                        .hasSize(1);
                assertThat(watched.lines("nats_consumer_num_pending")).hasSizeLessThan(2);
            });
        }
    }
}
