// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedBullMq.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import io.highwater.core.Target;
import io.highwater.exporters.client.redis.Address;
import io.highwater.exporters.client.redis.Lane;
import io.highwater.exporters.client.redis.RedisServers;
import io.highwater.lab.Job;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.RedisSetExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many jobs in a queue, and many queues in a server. */
class BullMqScaleTest {

    @RegisterExtension
    static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan());

    private static final int MANY_JOBS = 100_000;

    @AfterEach
    void forget() {
        redis.master().command("FLUSHALL");
    }

    @Test
    void manyJobsInOneQueue() {
        try (var client = start();
                var watched = WatchedBullMq.of(redis.master())) {
            long now = System.currentTimeMillis();
            var queue = client.queue("deep");
            queue.add(Job.quick().option("timestamp", now - 600_000));
            queue.fill(MANY_JOBS, Job.quick());
            watched.awaitValue(MANY_JOBS + 1, "deep", "job_count", "state", "waiting");
            watched.awaitValue(MANY_JOBS + 1, "deep", "job_added_total");
            watched.awaitValue(0, "deep", "queue_oldest_waiting_job_exact");
            // It was added while nobody watched its stream of events, or long before it.
            await().until(() -> watched.of("deep", "queue_oldest_waiting_job_age_seconds") > 1);
            watched.awaitCountsOf(queue);
        }
    }

    /** What starves is what matters: of 5,000 jobs the one with the least priority. */
    @Test
    void theFirstOfEachPriorityIsFoundHoweverManyThereAre() {
        try (var client = start()) {
            long now = System.currentTimeMillis();
            var queue = client.queue("starving");
            queue.add(Job.quick().option("priority", 2000).option("timestamp", now - 900_000));
            for (int priority = 1; priority < 6; priority++) {
                queue.fill(1000, Job.quick().option("priority", priority));
            }
            try (var watched = WatchedBullMq.of(redis.master())) {
                watched.awaitAge(now - 900_000, "starving", "queue_oldest_waiting_job_age_seconds");
                watched.awaitValue(0, "starving", "queue_oldest_waiting_job_exact");
                watched.awaitCountsOf(queue);
                queue.drain();
                watched.awaitValue(1, "starving", "queue_oldest_waiting_job_exact");
                watched.awaitValue(0, "starving", "queue_oldest_waiting_job_age_seconds");
            }
        }
    }

    @Test
    void whatIsTooFastToFollowIsCountedAsAGap() {
        try (var client = start();
                var watched = WatchedBullMq.of(redis.master())) {
            var queue = client.queue("fast");
            queue.add(Job.quick());
            watched.awaitValue(1, "fast", "job_count", "state", "waiting");
            watched.awaitValue(0, "fast", "events_gap_total");
            for (int i = 0; i < 5 && watched.of("fast", "events_gap_total") == 0; i++) {
                queue.fill(MANY_JOBS, Job.quick());
            }
            await().until(() -> watched.of("fast", "events_gap_total") > 0);
            watched.awaitCountsOf(queue);
        }
    }

    @Test
    void manyQueuesTakeTwoRoundTripsAtMost() throws Exception {
        try (var client = start()) {
            var names = IntStream.range(0, 500).mapToObj(i -> "queue-" + i).toList();
            client.fill(names, 3, Job.quick());
            var servers = new RedisServers(
                    Map.of("redis-1", new Address(redis.master().address())),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            var families = new QueueFamilies("bullmq", "prefix");
            var layout = new BullLayout(List.of("bull"), List.of(), true, true, families);
            var discovery = new Discovery(layout, new Discovery.Filter(List.of("*"), List.of(), 1000));
            var server = new QueueServer("redis-1", layout, discovery, true, 1000);
            try (var lane = new Lane(servers.link("redis-1"))) {
                lane.use(this, Duration.ofSeconds(30), pipeline -> {
                    discovery.look(pipeline, Long.MAX_VALUE);
                    assertThat(discovery.found().queues()).hasSize(500);
                    assertThat(roundTrips(server, pipeline)).isEqualTo(2);
                    // Now everything is known of the jobs that wait.
                    assertThat(roundTrips(server, pipeline)).isEqualTo(1);
                });
            }
        }
    }

    private static int roundTrips(QueueServer server, Lane.Pipeline pipeline) throws CollectionException {
        var count = new AtomicInteger();
        var out = Samples.of(new Target("jobs", "bullmq", "redis-1", Map.of()));
        server.collect(
                commands -> {
                    count.incrementAndGet();
                    return pipeline.ask(commands);
                },
                out);
        return count.get();
    }

    @Test
    void queuesAboveTheBudgetAreCounted() {
        try (var client = start()) {
            client.fill(IntStream.range(0, 20).mapToObj(i -> "queue-" + i).toList(), 1, Job.quick());
            var all = WatchedBullMq.settings(Optional.empty(), List.of("bull"), redis.master());
            var few = new BullMqSettings(
                    all.redis(),
                    Optional.empty(),
                    Optional.empty(),
                    "bullmq",
                    List.of("bull"),
                    List.of("queue-1*", "not-there"),
                    List.of("queue-11"),
                    5,
                    1000,
                    false,
                    List.of());
            try (var watched = WatchedBullMq.of(few)) {
                // queue-1, queue-10 … queue-19 without queue-11, and the one that is called by its name.
                await().until(() -> watched.watched().is(6, "bullmq_queues_left_out")
                        && watched.watched().is(5, "bullmq_queues"));
                watched.awaitValue(0, "not-there", "job_count", "state", "waiting");
                // Without events nobody knows how many there were.
                watched.awaitValue(1, "queue-1", "job_added_total");
                watched.awaitNone("queue-1", "job_completed_total");
            }
        }
    }

    private static QueueProgram start() {
        return QueueProgram.start(QueueLibrary.newest(QueueSystem.BULLMQ), QueueStore.redis(redis.master()));
    }
}
