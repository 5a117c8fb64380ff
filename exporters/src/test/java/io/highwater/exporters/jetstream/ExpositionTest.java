// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.Watched;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.junit.NatsClusterExtension;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a cluster of three with a stream and two consumers as a whole. */
class ExpositionTest {

    @RegisterExtension
    static final NatsClusterExtension nats = new NatsClusterExtension(NatsCluster.newest());

    private static Watched watched;

    @BeforeAll
    static void collect() {
        watched = WatchedBus.both(nats.cluster());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> watched.value("nats_up", "node", "api").orElse(0) == 1);
        var client = nats.client();
        client.createStream(StreamConfiguration.builder()
                .name("ORDERS")
                .subjects("ORDERS.>")
                .replicas(3)
                .maxMessages(1000)
                .build());
        client.createConsumer("ORDERS", "idle");
        client.createConsumer(
                "ORDERS",
                ConsumerConfiguration.builder().durable("worker").maxDeliver(3).build());
        client.publish("ORDERS.a", 20);
        client.fetch("ORDERS", "worker", 5).getFirst().ack();
        nats.cluster().moveLeader("ORDERS", nats.cluster().node("nats-1"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> watched.store().complete()
                        && watched.value("nats_stream_leader_info", "server_name", "nats-1")
                                .isPresent()
                        && watched.value("nats_stream_replicas_current").orElse(0) == 3
                        && watched.value("nats_consumer_last_ack_seconds").isPresent()
                        && watched.lines("nats_consumer_oldest_pending_age_seconds")
                                        .size()
                                == 2
                        && watched.lines("ha_backlog_wait_seconds").size() == 2
                        && watched.lines("ha_backlog_arrival_rate").size() == 2
                        && watched.value("nats_jetstream_advisories_total", "type", "stream_created")
                                .isPresent());
    }

    @AfterAll
    static void stop() {
        watched.close();
    }

    private static ExposedPage page() {
        return new ExposedPage(watched.page(), new JetStreamExporter());
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        // Who leads the meta group is chance, and so are the elections that were heard.
        page().isAsIn(
                        ExpositionTest.class,
                        "cluster-of-three.prom",
                        "nats_jetstream_advisories_total",
                        "(?<=nats_jetstream_meta_leader_info\\{cluster=\"bus\",server_name=\")nats-\\d|(?<=version=\")[\\d.]+");
    }

    @Test
    void prometheusFindsNothingToSayButOfNamesThatOthersMadeKnown() throws IOException, InterruptedException {
        page().isLinted();
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        page().isDeclared("bus");
    }

    @Test
    void whatCanBeSeenOnAHealthyClusterIsThere() {
        page().hasAllBut(List.of(
                "ha_config_finding",
                "ha_last_failover_",
                "ha_rpo_objective",
                "ha_rto_objective",
                "ha_availability_objective",
                "nats_account_max_",
                "nats_consumer_replica",
                "nats_stream_limit_bytes",
                "nats_stream_mirror_lag",
                "nats_stream_source_lag"));
    }
}
