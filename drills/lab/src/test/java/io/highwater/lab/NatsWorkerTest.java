// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.junit.NatsClusterExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NatsWorkerTest {

    @RegisterExtension
    static final NatsClusterExtension nats =
            new NatsClusterExtension(NatsCluster.of("2.9").nodes(1));

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MESSAGES = 20;

    @Test
    void worksExceptWhilePaused() {
        nats.client().createStream("JOBS", 1);
        try (var worker = NatsWorker.start(nats.cluster(), "JOBS", "worker")) {
            nats.client().publish("JOBS.new", MESSAGES);
            await().atMost(LIMIT).until(() -> acknowledged() == MESSAGES);

            worker.pause();
            nats.client().publish("JOBS.new", MESSAGES);
            // What was asked for before the pause may come; no more is asked for.
            await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() -> acknowledged() < 2 * MESSAGES);

            worker.resume();
            await().atMost(LIMIT).until(() -> acknowledged() == 2 * MESSAGES);
            assertThat(nats.client().consumerInfo("JOBS", "worker").getNumPending())
                    .isZero();
        }
    }

    private static long acknowledged() {
        return nats.client().consumerInfo("JOBS", "worker").getAckFloor().getStreamSequence();
    }
}
