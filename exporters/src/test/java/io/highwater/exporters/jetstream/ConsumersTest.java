// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.exporters.Watched;
import io.highwater.lab.NatsClient;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsUser;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What consumers have and have not done, on a cluster that works. The tests wait most of the time, so they do it at the
 * same time, each with a stream of its own.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsumersTest {

    /** Who says so: each alone knows these numbers. */
    enum Source {
        API,
        MONITORING
    }

    private NatsCluster cluster;
    private NatsClient client;
    private Map<Source, Watched> watched;

    @BeforeAll
    void start() {
        cluster = NatsCluster.newest().start();
        client = cluster.client();
        watched = Map.of(
                Source.API, WatchedBus.byApi(cluster, NatsUser.MONITOR),
                Source.MONITORING, WatchedBus.byMonitoring(cluster));
    }

    @AfterAll
    void stop() {
        watched.values().forEach(Watched::close);
        cluster.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100));
    }

    private Watched by(Source source) {
        return Objects.requireNonNull(watched.get(source));
    }

    private static void shows(Watched by, String family, double value, String stream, String consumer) {
        soon().untilAsserted(() -> assertThat(by.value(family, "stream_name", stream, "consumer_name", consumer))
                .hasValue(value));
    }

    private static double age(Watched by, String stream, String consumer) {
        return by.value("nats_consumer_oldest_pending_age_seconds", "stream_name", stream, "consumer_name", consumer)
                .orElse(Double.NaN);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /**
     * Two collections may lie between the truth and what is shown, and time goes on while it is compared; a message that
     * came between two collections is taken to have come with the first of them, which on a busy machine is long before.
     */
    private static void ageIs(Watched by, long sinceNanos, String stream, String consumer) {
        soon().untilAsserted(() -> assertThat(age(by, stream, consumer))
                .isBetween(
                        secondsSince(sinceNanos) - 2.5,
                        secondsSince(sinceNanos) + by.longestGap().toNanos() / 1e9));
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void whatIsDeliveredAndNotAcknowledgedIsNoLongerPendingAndAgesAllTheSame(Source source) {
        var stream = "UNACKED_" + source;
        client.createStream(stream, 3);
        client.createConsumer(stream, "worker");
        long published = System.nanoTime();
        client.publish(stream + ".a", 10);
        var by = by(source);
        shows(by, "nats_consumer_num_pending", 10, stream, "worker");
        ageIs(by, published, stream, "worker");

        var messages = client.fetch(stream, "worker", 4);
        shows(by, "nats_consumer_num_pending", 6, stream, "worker");
        shows(by, "nats_consumer_num_ack_pending", 4, stream, "worker");
        ageIs(by, published, stream, "worker");

        // The oldest is acknowledged last: until then it is the oldest.
        messages.subList(1, 4).forEach(client::ack);
        shows(by, "nats_consumer_num_ack_pending", 1, stream, "worker");
        ageIs(by, published, stream, "worker");
        shows(by, "nats_consumer_ack_floor_stream_seq", 0, stream, "worker");

        client.ack(messages.getFirst());
        client.fetchAndAck(stream, "worker", 6);
        shows(by, "nats_consumer_num_pending", 0, stream, "worker");
        shows(by, "nats_consumer_num_ack_pending", 0, stream, "worker");
        shows(by, "nats_consumer_oldest_pending_age_seconds", 0, stream, "worker");
        shows(by, "nats_consumer_ack_floor_stream_seq", 10, stream, "worker");
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void whatWasGivenUpIsCountedApartAndAgesNoMore(Source source) {
        var stream = "GIVEN_UP_" + source;
        client.createStream(stream, 3);
        client.createConsumer(
                stream,
                ConsumerConfiguration.builder()
                        .durable("worker")
                        .ackPolicy(AckPolicy.Explicit)
                        .ackWait(Duration.ofMillis(500))
                        .maxDeliver(2)
                        .build());
        var by = by(source);
        client.publish(stream + ".poison", 1);
        assertThat(client.fetch(stream, "worker", 1)).hasSize(1);
        assertThat(client.fetch(stream, "worker", 1)).hasSize(1);
        shows(by, "nats_consumer_num_redelivered", 1, stream, "worker");
        // It is given up when it would be delivered a third time.
        assertThat(client.fetch(stream, "worker", 1)).isEmpty();

        shows(by, "nats_consumer_num_ack_pending", 0, stream, "worker");
        shows(by, "nats_consumer_given_up_messages", 1, stream, "worker");
        shows(by, "nats_consumer_oldest_pending_age_seconds", 0, stream, "worker");
        shows(by, "nats_consumer_ack_floor_stream_seq", 0, stream, "worker");
        if (source == Source.API) {
            shows(by, "nats_consumer_given_up_total", 1, stream, "worker");
            soon().untilAsserted(() -> assertThat(by.value(
                            "nats_jetstream_advisories_total",
                            "stream_name",
                            stream,
                            "type",
                            "consumer_max_deliveries"))
                    .hasValue(1));
        }

        long published = System.nanoTime();
        client.publish(stream + ".good", 2);
        shows(by, "nats_consumer_num_pending", 2, stream, "worker");
        ageIs(by, published, stream, "worker");
        var taken = client.fetch(stream, "worker", 1);
        shows(by, "nats_consumer_num_pending", 1, stream, "worker");
        ageIs(by, published, stream, "worker");
        taken.forEach(client::ack);
    }

    /** What was given up before anybody watched cannot be told from what is being worked on: the age is unknown. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anAgeThatCannotBeKnownIsAbsent() {
        var stream = "OLD_POISON";
        client.createStream(stream, 3);
        client.createConsumer(
                stream,
                ConsumerConfiguration.builder()
                        .durable("worker")
                        .ackPolicy(AckPolicy.Explicit)
                        .ackWait(Duration.ofSeconds(60))
                        .maxDeliver(2)
                        .build());
        client.publish(stream + ".a", 3);
        client.fetch(stream, "worker", 2).forEach(message -> message.nak());
        client.fetch(stream, "worker", 2);
        try (var late = WatchedBus.byApi(cluster, NatsUser.MONITOR)) {
            shows(late, "nats_consumer_num_ack_pending", 2, stream, "worker");
            shows(late, "nats_consumer_num_redelivered", 2, stream, "worker");
            assertThat(late.value("nats_consumer_oldest_pending_age_seconds", "stream_name", stream))
                    .isEmpty();
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aConsumerOfSomeSubjectsIsAsOldAsItsOwnMessages() {
        client.createStream("FILTERED", 3);
        client.createConsumer(
                "FILTERED",
                ConsumerConfiguration.builder()
                        .durable("worker")
                        .filterSubjects("FILTERED.rare", "FILTERED.seldom")
                        .build());
        client.publish("FILTERED.often", 5);
        var by = by(Source.API);
        shows(by, "nats_consumer_num_pending", 0, "FILTERED", "worker");
        shows(by, "nats_consumer_oldest_pending_age_seconds", 0, "FILTERED", "worker");
        // Time passes between the others' messages and ours.
        soon().until(() -> by.runs("api", "streams") > 0
                && by.value("nats_stream_last_seq", "stream_name", "FILTERED").orElse(0) == 5);
        long others = System.nanoTime();
        await().pollDelay(Duration.ofSeconds(3)).until(() -> secondsSince(others) > 3);

        long published = System.nanoTime();
        client.publish("FILTERED.seldom", 1);
        shows(by, "nats_consumer_num_pending", 1, "FILTERED", "worker");
        ageIs(by, published, "FILTERED", "worker");
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void aConsumerThatIsAskedForNothingIsStuckUntilItDelivers(Source source) {
        var stream = "STUCK_" + source;
        client.createStream(stream, 3);
        client.createConsumer(stream, "worker");
        var by = by(source);
        shows(by, "nats_consumer_stuck_seconds", 0, stream, "worker");
        client.publish(stream + ".a", 3);
        soon().untilAsserted(() -> assertThat(by.value("nats_consumer_stuck_seconds", "stream_name", stream)
                        .orElse(0))
                .isGreaterThan(2));
        client.fetchAndAck(stream, "worker", 3);
        shows(by, "nats_consumer_stuck_seconds", 0, stream, "worker");
    }

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void aPurgedStreamIsEmptyAndADeletedOneIsGone(Source source) {
        var stream = "GOING_" + source;
        client.createStream(stream, 3);
        client.createConsumer(stream, "worker");
        client.createConsumer(stream, "other");
        client.publish(stream + ".a", 7);
        var by = by(source);
        shows(by, "nats_consumer_num_pending", 7, stream, "worker");

        client.purge(stream);
        shows(by, "nats_consumer_num_pending", 0, stream, "worker");
        shows(by, "nats_consumer_oldest_pending_age_seconds", 0, stream, "worker");
        soon().untilAsserted(() -> {
            assertThat(by.value("nats_stream_total_messages", "stream_name", stream))
                    .hasValue(0);
            assertThat(by.value("nats_stream_last_seq", "stream_name", stream)).hasValue(7);
        });

        client.deleteConsumer(stream, "other");
        soon().until(() -> !by.page().contains("consumer_name=\"other\"")
                && by.page().contains("stream_name=\"" + stream + "\",consumer_name=\"worker\""));

        client.deleteStream(stream);
        soon().until(() -> !by.page().contains(stream));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anAdvisoryIsFollowedAtOnceAndNotAtTheNextTurn() {
        var settings = WatchedBus.settings(cluster.urls(), Map.of(), NatsUser.MONITOR);
        try (var slow = Watched.by(new JetStreamExporter(), "bus", settings, Duration.ofMinutes(10))) {
            soon().until(() -> slow.runs("api", "streams") >= 1
                    && slow.page().contains("nats_up{cluster=\"bus\",node=\"api\"} 1"));
            client.createStream("NEWBORN", 3);
            client.createConsumer("NEWBORN", "worker");
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> slow.page().contains("consumer_name=\"worker\"")
                            && slow.page().contains("NEWBORN"));
            client.deleteStream("NEWBORN");
            await().atMost(Duration.ofSeconds(5)).until(() -> !slow.page().contains("NEWBORN"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void everyServerTellsHowFarItIsWithTheMetaGroup() {
        var by = by(Source.MONITORING);
        cluster.nodes().forEach(node -> {
            soon().untilAsserted(() -> assertThat(by.value("nats_jetstream_meta_term", "node", node.name())
                            .orElse(0))
                    .isPositive());
            soon().untilAsserted(
                            () -> assertThat(by.value("nats_jetstream_meta_apply_lag_operations", "node", node.name()))
                                    .hasValue(0));
            soon().untilAsserted(() -> assertThat(by.value("nats_healthz_ok", "node", node.name(), "check", "assets"))
                    .hasValue(1));
        });
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whatIsSetUpSoThatItWillLoseIsFound() {
        client.createStream(StreamConfiguration.builder()
                .name("CARELESS")
                .subjects("CARELESS.>")
                .replicas(1)
                .storageType(StorageType.Memory)
                .maxMessages(10)
                .build());
        client.createConsumer(
                "CARELESS",
                ConsumerConfiguration.builder()
                        .name("fleeting")
                        .inactiveThreshold(Duration.ofMinutes(5))
                        .ackPolicy(AckPolicy.None)
                        .build());
        client.publish("CARELESS.a", 5);
        client.createStream("CAREFUL", 3);
        var by = by(Source.API);
        soon().untilAsserted(() -> assertThat(by.lines("ha_config_finding", "name", "APP/CARELESS").stream()
                        .map(line -> line.replaceAll(".*check=\"(\\w+)\".*", "$1")))
                .containsExactlyInAnyOrder("replicas_below_3", "memory_storage"));
        soon().untilAsserted(() -> assertThat(by.lines("ha_config_finding", "name", "APP/CARELESS/fleeting").stream()
                        .map(line -> line.replaceAll(".*check=\"(\\w+)\".*", "$1")))
                .contains("not_durable", "ack_not_explicit"));
        soon().untilAsserted(() -> assertThat(by.value("nats_stream_used_ratio", "stream_name", "CARELESS"))
                .hasValue(0.5));
        soon().untilAsserted(() -> assertThat(by.value("ha_quorum_margin", "unit", "stream", "name", "APP/CARELESS"))
                .hasValue(0));
        soon().untilAsserted(() -> assertThat(by.value("ha_quorum_margin", "unit", "stream", "name", "APP/CAREFUL"))
                .hasValue(1));
        assertThat(by.lines("ha_config_finding", "name", "APP/CAREFUL")).isEmpty();
    }
}
