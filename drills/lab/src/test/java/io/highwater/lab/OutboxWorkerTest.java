// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.junit.PostgresServerExtension;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboxWorkerTest {

    @RegisterExtension
    static final PostgresServerExtension lab = new PostgresServerExtension(PostgresServer.of(18));

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }

    private static String count(String where) {
        return lab.server().value("SELECT count(*) FROM " + where);
    }

    @Test
    void whatIsWrittenIsProcessedOnceByTenWorkers() {
        try (var outbox = Outbox.create(lab.server(), "shared").withIndex()) {
            outbox.withHistory(50);
            outbox.write("team-1", 200);
            var workers =
                    Stream.generate(() -> OutboxWorker.start(outbox)).limit(10).toList();
            outbox.produce(100);
            await().until(() -> outbox.processed() > 300);
            outbox.stopProducing();
            await().until(() -> outbox.processed() == outbox.written());
            workers.forEach(OutboxWorker::close);
            assertThat(count("shared")).isEqualTo(Long.toString(outbox.written()));
            assertThat(count("shared WHERE processed_at IS NULL")).isEqualTo("0");
        }
    }

    @Test
    void aWorkerThatIsKilledGivesBackWhatItHeld() throws Exception {
        try (var outbox = Outbox.create(lab.server(), "dropped").withIndex();
                var worker = OutboxWorker.start(outbox)) {
            worker.pause();
            outbox.write("team-1", 3);
            worker.hold();
            assertThat(count("(SELECT FROM dropped FOR UPDATE SKIP LOCKED) AS free"))
                    .isEqualTo("0");
            worker.kill();
            await().until(() -> count("(SELECT FROM dropped FOR UPDATE SKIP LOCKED) AS free")
                    .equals("3"));
            assertThat(outbox.processed()).isZero();
        }
    }

    @Test
    void aPoisonedEventIsTriedSoManyTimes() {
        try (var outbox = Outbox.create(lab.server(), "poisoned").withIndex();
                var _ = OutboxWorker.start(outbox)) {
            outbox.poison("team-1");
            outbox.write("team-1", 2);
            await().until(() -> outbox.processed() == 2
                    && count("poisoned WHERE attempts = " + Outbox.MOST_ATTEMPTS)
                            .equals("1"));
            assertThat(count("poisoned WHERE processed_at IS NULL")).isEqualTo("1");
        }
    }
}
