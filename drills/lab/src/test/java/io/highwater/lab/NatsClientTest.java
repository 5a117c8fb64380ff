// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.junit.NatsClusterExtension;
import io.nats.client.api.Replica;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class NatsClientTest {

    @RegisterExtension
    static final NatsClusterExtension nats = new NatsClusterExtension(NatsCluster.of("2.9"));

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final NatsCluster cluster = nats.cluster();
    private final NatsClient client = nats.client();
    private String stream = "";

    /** Each test has a stream of its own, of two replicas on three nodes, with ten messages and a consumer. */
    @BeforeEach
    void fill(TestInfo test) {
        stream = test.getTestMethod().orElseThrow().getName();
        client.createStream(stream, 2);
        client.createConsumer(stream, "worker");
        client.publish(stream + ".new", 10);
    }

    @Test
    void leavesUnacknowledgedWhatItOnlyFetches() {
        assertThat(client.fetch(stream, "worker", 3)).hasSize(3);
        assertThat(client.fetchAndAck(stream, "worker", 2)).hasSize(2);

        var consumer = client.consumerInfo(stream, "worker");
        assertThat(consumer.getNumAckPending()).isEqualTo(3);
        assertThat(consumer.getNumPending()).isEqualTo(5);
        assertThat(consumer.getDelivered().getConsumerSequence()).isEqualTo(5);
    }

    @Test
    void purgesAndDeletes() {
        client.purge(stream);
        assertThat(client.streamInfo(stream).getStreamState().getMsgCount()).isZero();

        client.deleteConsumer(stream, "worker");
        assertThatThrownBy(() -> client.consumerInfo(stream, "worker"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("consumer not found");

        client.deleteStream(stream);
        assertThat(client.leader(stream)).isEmpty();
    }

    @Test
    void movesLeaders() {
        var old = cluster.awaitLeader(stream);
        var heir = cluster.node(client.replicas(stream).getFirst().getName());

        cluster.moveLeader(stream, heir);
        cluster.moveLeader(stream, "worker", old);

        assertThat(cluster.leader(stream)).contains(heir);
        assertThat(cluster.leader(stream, "worker")).contains(old);
    }

    /** Not the leader's: an election among what is left then takes up to 12 s. */
    @Test
    void movesAReplica() {
        var follower = client.replicas(stream).getFirst().getName();

        client.removePeer(stream, cluster.node(follower));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(client.replicas(stream))
                        .singleElement()
                        .matches(Replica::isCurrent)
                        .doesNotReturn(follower, Replica::getName));
        assertThat(client.streamInfo(stream).getStreamState().getMsgCount()).isEqualTo(10);
    }

    @Test
    void saysWhatIsRefused() {
        assertThatThrownBy(() -> client.createStream("TOO_MANY", 5))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("create TOO_MANY");
        assertThatThrownBy(() -> client.stepDown("NOT_THERE")).hasMessageContaining("stream not found");
    }
}
