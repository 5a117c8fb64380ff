// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.Watched;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsUser;
import io.highwater.lab.junit.NatsClusterExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More streams and consumers than are to be watched, and some that are not to be watched at all. */
class BudgetTest {

    @RegisterExtension
    static final NatsClusterExtension nats =
            new NatsClusterExtension(NatsCluster.newest().nodes(1));

    @BeforeAll
    static void fill() {
        var client = nats.client();
        for (var stream : List.of("A", "B", "C", "IGNORED_1", "IGNORED_2")) {
            client.createStream(stream, 1);
            for (var consumer : List.of("a", "b", "ignored-1")) {
                client.createConsumer(stream, consumer);
            }
        }
    }

    private static Watched watch(boolean byApi, int maxStreams, int maxConsumers) {
        var settings = byApi
                ? WatchedBus.settings(nats.cluster().urls(), Map.of(), NatsUser.MONITOR)
                : WatchedBus.settings(List.of(), WatchedBus.monitoring(nats.cluster()), NatsUser.MONITOR);
        return WatchedBus.watch(WatchedBus.limited(settings, maxStreams, maxConsumers));
    }

    private static void shows(Watched watched, int streams, int consumers, int streamsOver, int consumersOver) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(watched.value("nats_jetstream_assets_over_budget", "kind", "stream"))
                    .hasValue(streamsOver);
            assertThat(watched.value("nats_jetstream_assets_over_budget", "kind", "consumer"))
                    .hasValue(consumersOver);
        });
        assertThat(watched.lines("nats_stream_has_leader")).hasSize(streams);
        assertThat(watched.lines("nats_consumer_has_leader")).hasSize(consumers);
        assertThat(watched.page()).doesNotContain("IGNORED").doesNotContain("ignored");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsIgnoredIsAbsentAndTakesNoRoom(boolean byApi) {
        try (var watched = watch(byApi, 3, 6)) {
            shows(watched, 3, 6, 0, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsTooMuchIsCounted(boolean byApi) {
        try (var watched = watch(byApi, 2, 10)) {
            shows(watched, 2, 4, 1, 0);
        }
        try (var watched = watch(byApi, 10, 5)) {
            shows(watched, 3, 5, 0, 1);
        }
    }
}
