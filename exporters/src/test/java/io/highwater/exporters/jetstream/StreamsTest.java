// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.awaitility.Awaitility.await;

import io.highwater.lab.NatsCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamsTest {

    @Test
    void look() {
        try (var cluster = NatsCluster.newest().start()) {
            var client = cluster.client();
            client.createStream("ORDERS", 3);
            client.createConsumer("ORDERS", "worker");
            client.publish("ORDERS.a", 20);
            client.fetch("ORDERS", "worker", 5);
            try (var watched = WatchedBus.both(cluster)) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> watched.store().complete());
                System.out.println(watched.page());
                watched.store()
                        .slots()
                        .forEach(slot -> System.out.println(slot.target() + " " + slot.collector() + " "
                                + slot.latest().get().outcome()));
            }
        }
    }
}
