// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.core.Outcome;
import io.highwater.exporters.Watched;
import io.highwater.lab.NatsClient;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsUser;
import io.highwater.lab.junit.NatsClusterExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Collections a minute apart, and messages that do not wait for them. */
class WakeTest {

    @RegisterExtension
    static final NatsClusterExtension nats = new NatsClusterExtension(NatsCluster.newest());

    private static Watched watch(NatsCluster cluster, NatsUser user, String... wake) {
        var settings = WatchedBus.waking(WatchedBus.settings(cluster.urls(), Map.of(), user), List.of(wake));
        return Watched.by(
                new JetStreamExporter(), WatchedBus.CLUSTER, settings, Duration.ofMinutes(1), WatchedBus.TIMEOUT);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20));
    }

    private static boolean waits(Watched bus, String stream, double messages) {
        return bus.is(messages, "ha_backlog_items", "unit", "consumer", "name", "APP/" + stream + "/worker");
    }

    private static int collections(Watched bus) {
        return bus.runs("api", JetStreamExporter.STREAMS);
    }

    /** Returns when its leader has led for so long that its numbers are believed: the next look is a minute away. */
    private static void make(NatsClient client, String stream, int replicas) {
        client.createStream(stream, replicas);
        client.createConsumer(stream, "worker");
        soon().until(() -> {
            var info = client.consumerInfo(stream, "worker");
            var now = Objects.requireNonNull(info.getTimestamp());
            return now.isAfter(info.getCreationTime().plusSeconds(2));
        });
    }

    /** Past what the making of streams tells of itself. */
    private static void settled(Watched bus, String stream) {
        soon().until(() -> waits(bus, stream, 0));
        int[] before = {-1};
        soon().pollInterval(Duration.ofMillis(700)).until(() -> {
            boolean same = before[0] == collections(bus);
            before[0] = collections(bus);
            return same;
        });
    }

    @Test
    void theFirstMessageIsCollectedAtOnceAndThoseAfterItAreNot() {
        make(nats.client(), "JOBS", 3);
        make(nats.client(), "OTHERS", 1);
        try (var bus = watch(nats.cluster(), NatsUser.APP, "JOB*")) {
            settled(bus, "JOBS");

            nats.client().publish("JOBS.a", "one");

            soon().until(() -> waits(bus, "JOBS", 1));
            int collections = collections(bus);
            nats.client().publish("JOBS.b", 200);
            nats.client().publish("OTHERS.a", "nobody is to be woken for this");
            await().during(Duration.ofSeconds(1)).until(() -> collections(bus) == collections);
            assertThat(waits(bus, "JOBS", 1)).isTrue();
        }
    }

    @Test
    void whatComesAndGoesSteadilyIsNotCollectedAllTheTime() {
        make(nats.client(), "STEADY", 1);
        try (var bus = watch(nats.cluster(), NatsUser.APP, "STEADY")) {
            settled(bus, "STEADY");
            int before = collections(bus);

            for (int i = 0; i < 100; i++) {
                nats.client().publish("STEADY.a", "one");
                nats.client().fetchAndAck("STEADY", "worker", 1);
            }

            assertThat(collections(bus)).isBetween(before, before + 2);
            soon().until(() -> collections(bus) > before);
        }
    }

    @Test
    void whoMayNotListenIsToldSoAndCollectsAsBefore() {
        make(nats.client(), "SECRET", 1);
        try (var bus = watch(nats.cluster(), NatsUser.MONITOR, "*")) {
            settled(bus, "SECRET");
            nats.client().publish("SECRET.a", "one");
            nats.client().createConsumer("SECRET", "another"); // an advisory is heard as ever

            soon().untilAsserted(() -> {
                assertThat(waits(bus, "SECRET", 1)).isTrue();
                assertThat(bus.outcome("api", JetStreamExporter.STREAMS))
                        .hasValueSatisfying(outcome -> assertThat(((Outcome.Collected) outcome).notes())
                                .anyMatch(note -> note.startsWith("wake: may not subscribe to SECRET")));
            });
        }
    }

    @Test
    void aServerThatComesBackIsListenedToAgain() {
        try (var alone = NatsCluster.newest().nodes(1).start()) {
            make(alone.client(), "JOBS", 1);
            try (var bus = watch(alone, NatsUser.APP, "JOBS")) {
                settled(bus, "JOBS");
                int before = collections(bus);

                alone.nodes().getFirst().restart();

                soon().until(() -> collections(bus) > before && waits(bus, "JOBS", 0));
                alone.client().publish("JOBS.a", "one");
                soon().until(() -> waits(bus, "JOBS", 1));
                assertThat(bus.outcome("api", JetStreamExporter.STREAMS))
                        .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Collected.class));
            }
        }
    }
}
