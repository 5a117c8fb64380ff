// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.highwater.exporters.Watched;
import io.highwater.exporters.Witness;
import io.highwater.lab.LabException;
import io.highwater.lab.NatsClient;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.NatsUser;
import io.highwater.lab.NatsWriter;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Rates against what a writer was acknowledged and a worker acknowledges, at the same time on one cluster. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BacklogRatesTest {

    private static final int BATCH = 4;

    private NatsCluster cluster;
    private NatsClient client;

    /** Takes and acknowledges so many batches a second, and counts what it has acknowledged. */
    private static final class Worker implements AutoCloseable {
        private final AtomicLong done = new AtomicLong();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

        Worker(NatsClient client, String stream, int batchesPerSecond) {
            var _ = clock.scheduleAtFixedRate(
                    () -> work(client, stream), 0, 1_000_000 / batchesPerSecond, TimeUnit.MICROSECONDS);
        }

        private void work(NatsClient client, String stream) {
            try {
                done.addAndGet(client.fetchAndAck(stream, "worker", BATCH).size());
            } catch (LabException e) {
                // no answer now, or closed
            }
        }

        long done() {
            return done.get();
        }

        @Override
        public void close() {
            clock.shutdownNow();
        }
    }

    /** How fast a count grows since now. */
    private static final class Truth {
        private final LongSupplier count;
        private final long before;
        private final long sinceNanos = System.nanoTime();

        Truth(LongSupplier count) {
            this.count = count;
            this.before = count.getAsLong();
        }

        double perSecond() {
            return (count.getAsLong() - before) / ((System.nanoTime() - sinceNanos) / 1e9);
        }
    }

    @BeforeAll
    void start() {
        cluster = NatsCluster.newest().start();
        client = cluster.client();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(25)).pollInterval(Duration.ofMillis(100));
    }

    private static double value(Watched by, String name, String stream) {
        return by.value("ha_backlog_" + name, "unit", "consumer", "name", "APP/" + stream + "/worker")
                .orElse(Double.NaN);
    }

    private static void showsAbout(double expected, Watched by, String name, String stream) {
        assertThat(value(by, name, stream)).as(name).isCloseTo(expected, within(0.2 * expected));
    }

    /** The consumer names the stream's subjects, as most clients make it: it wants all the same. */
    private void createFilled(String stream, int messages) {
        client.createStream(stream, 3);
        client.publish(stream + ".a", messages);
        client.createConsumer(
                stream,
                ConsumerConfiguration.builder()
                        .durable("worker")
                        .filterSubject(stream + ".>")
                        .build());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aBacklogThatGrowsIsNeverDrained() {
        createFilled("GROWING", 100);
        try (var writer = NatsWriter.start(cluster, "GROWING.a", 40);
                var worker = new Worker(client, "GROWING", 4)) {
            soon().until(() -> writer.count() > 0 && worker.done() > 0);
            var written = new Truth(writer::count);
            var done = new Truth(worker::done);
            try (var by = WatchedBus.both(cluster)) {
                soon().untilAsserted(() -> {
                    showsAbout(written.perSecond(), by, "arrival_rate", "GROWING");
                    showsAbout(done.perSecond(), by, "completion_rate", "GROWING");
                    showsAbout(100.0 + writer.count() - worker.done(), by, "items", "GROWING");
                    showsAbout(value(by, "items", "GROWING") / done.perSecond(), by, "wait_seconds", "GROWING");
                    assertThat(value(by, "drain_seconds", "GROWING")).isEqualTo(Double.POSITIVE_INFINITY);
                });
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aBacklogThatShrinksIsDrainedAfterItsItemsAtTheDifferenceOfTheRates() {
        createFilled("SHRINKING", 1500);
        try (var writer = NatsWriter.start(cluster, "SHRINKING.a", 10);
                var worker = new Worker(client, "SHRINKING", 10)) {
            soon().until(() -> writer.count() > 0 && worker.done() > 0);
            var written = new Truth(writer::count);
            var done = new Truth(worker::done);
            try (var by = WatchedBus.byMonitoring(cluster)) {
                soon().untilAsserted(() -> {
                    showsAbout(written.perSecond(), by, "arrival_rate", "SHRINKING");
                    showsAbout(done.perSecond(), by, "completion_rate", "SHRINKING");
                    showsAbout(
                            value(by, "items", "SHRINKING") / (done.perSecond() - written.perSecond()),
                            by,
                            "drain_seconds",
                            "SHRINKING");
                });
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whatIsTriedAgainIsNotDone() {
        createFilled("AGAIN", 20);
        try (var by = WatchedBus.byApi(cluster, NatsUser.MONITOR)) {
            soon().until(() -> value(by, "items", "AGAIN") == 20);
            soon().untilAsserted(() -> {
                client.fetch("AGAIN", "worker", 5).forEach(message -> message.nak());
                assertThat(value(by, "completion_rate", "AGAIN")).isZero();
                assertThat(value(by, "arrival_rate", "AGAIN")).isZero();
                assertThat(value(by, "wait_seconds", "AGAIN")).isEqualTo(Double.POSITIVE_INFINITY);
                assertThat(by.value("nats_consumer_num_redelivered", "stream_name", "AGAIN")
                                .orElse(0))
                        .isPositive();
            });
        }
    }

    /** Nobody works, so nothing is ever completed; and what comes, comes from this writer. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whatIsMadeAnewHasNoRatesOfWhatWasBefore() {
        createFilled("ANEW", 600);
        try (var writer = NatsWriter.start(cluster, "ANEW.a", 20);
                var by = WatchedBus.byMonitoring(cluster);
                var witness = Witness.of(by)) {
            var labels = new String[] {"unit", "consumer", "name", "APP/ANEW/worker"};
            witness.between(0, 0, "ha_backlog_completion_rate", labels)
                    .between(0, 40, "ha_backlog_arrival_rate", labels);
            soon().until(() -> value(by, "arrival_rate", "ANEW") > 0);

            // Its counts are higher than those of the one before, and it may never be seen to be away.
            client.deleteConsumer("ANEW", "worker");
            client.createConsumer(
                    "ANEW",
                    ConsumerConfiguration.builder()
                            .durable("worker")
                            .deliverPolicy(DeliverPolicy.New)
                            .build());
            soon().until(() -> value(by, "items", "ANEW") < 500);
            soon().until(() -> value(by, "arrival_rate", "ANEW") > 0);

            client.deleteStream("ANEW");
            createFilled("ANEW", 300);
            soon().until(() -> value(by, "items", "ANEW") >= 300);
            soon().until(() -> value(by, "arrival_rate", "ANEW") > 0);
            writer.pause();
            witness.assertHonest();
        }
    }
}
