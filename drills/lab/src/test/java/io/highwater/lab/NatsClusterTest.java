// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NatsClusterTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    static Stream<Arguments> faults() {
        Consumer<NatsServer> kill = NatsServer::kill;
        Consumer<NatsServer> start = NatsServer::start;
        Consumer<NatsServer> pause = NatsServer::pause;
        Consumer<NatsServer> resume = NatsServer::resume;
        return Stream.of(Arguments.of("2.9", pause, resume), Arguments.of("2.15", kill, start));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void getsANewLeaderAndItsOldOneBack(String version, Consumer<NatsServer> fault, Consumer<NatsServer> repair) {
        var cluster = NatsCluster.of(version).start();
        try (cluster) {
            var client = cluster.client();
            client.createStream("ORDERS", 3);
            var old = cluster.awaitLeader("ORDERS");
            try (var writer = NatsWriter.start(cluster, "ORDERS.load", 50)) {
                await().atMost(LIMIT).until(() -> writer.count() > 10);

                fault.accept(old);

                assertThat(cluster.leader("ORDERS")).isNotEqualTo(Optional.of(old));
                assertThat(cluster.awaitLeader("ORDERS")).isNotSameAs(old);
                var before = writer.count();
                await().atMost(LIMIT).until(() -> writer.count() > before);
                assertThat(writer.outage()).isBetween(Duration.ofSeconds(1), LIMIT);

                repair.accept(old);
                cluster.awaitReady();
                writer.pause();
                // a leader that was only asleep answers with what it had, until it learns that it was replaced
                await().atMost(LIMIT).untilAsserted(() -> {
                    var state = client.streamInfo("ORDERS").getStreamState();
                    assertThat(state.getMsgCount()).isGreaterThanOrEqualTo(writer.count());
                    assertThat(state.getLastSequence())
                            .isEqualTo(writer.acknowledged().getLast().sequence());
                });
            }
        }
        assertThat(cluster.nodes()).noneMatch(NatsServer::isRunning);
        assertThat(cluster.nodes()).allMatch(node -> FreePort.isFree(node.port()) && Files.notExists(node.home()));
    }
}
