// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedBullMq.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.Job;
import io.highwater.lab.JobEvent.Kind;
import io.highwater.lab.JobFlow;
import io.highwater.lab.JobQueue;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.RedisSetExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real BullMQ and real workers: each number is what BullMQ itself says, and each age what the test knows. */
class BullMqTest {

    @RegisterExtension
    static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan());

    private static final Map<String, Integer> IMPATIENT = Map.of("lockDuration", 500, "stalledInterval", 500);

    static Stream<QueueLibrary> usual() {
        return versions("6");
    }

    static Stream<QueueLibrary> unusual() {
        return versions("3", "4", "5");
    }

    private static Stream<QueueLibrary> versions(String... versions) {
        return Stream.of(versions).map(version -> QueueLibrary.of(QueueSystem.BULLMQ, version));
    }

    @AfterEach
    void forget() {
        redis.master().command("FLUSHALL");
    }

    @ParameterizedTest
    @MethodSource("usual")
    void whatWasThereBefore(QueueLibrary library) {
        try (var client = start(library)) {
            long now = System.currentTimeMillis();
            addedFirstInFirstOut(client.queue("fifo"), now);
            addedLastInFirstOut(client.queue("lifo"), now);
            addedWithPriorities(client.queue("priorities"), now);
            addedWithDelays(client.queue("delays"), now);
            client.queue("paused").pause();
            client.queue("paused").add(Job.quick().option("timestamp", now - 60_000));
            client.add(JobFlow.of("parents", Job.quick()).child(JobFlow.of("children", Job.quick())));
            if (hasColons(library)) {
                client.queue("a:b:c").add(Job.quick().option("jobId", "x:id"));
            }
            try (var watched = WatchedBullMq.of(redis.master())) {
                watched.awaitAge(now - 50_000, "fifo", "queue_oldest_waiting_job_age_seconds");
                watched.awaitAge(now - 90_000, "lifo", "queue_oldest_waiting_job_age_seconds");
                watched.awaitAge(now - 70_000, "priorities", "queue_oldest_waiting_job_age_seconds");
                watched.awaitAge(now - 40_000, "delays", "queue_delayed_overdue_seconds");
                watched.awaitAge(now - 60_000, "paused", "queue_oldest_waiting_job_age_seconds");
                watched.awaitValue(1, "paused", "queue_paused");
                watched.awaitValue(0, "fifo", "queue_paused");
                watched.awaitValue(1, "lifo", "queue_oldest_waiting_job_exact");
                watched.awaitValue(3, "priorities", "job_added_total");
                watched.awaitValue(2, "delays", "queue_delayed_overdue_jobs");
                watched.awaitValue((now - 40_000) / 1e3, "delays", "queue_next_delayed_timestamp_seconds");
                for (var queue : List.of("fifo", "lifo", "priorities", "delays", "paused", "parents", "children")) {
                    watched.awaitCountsOf(client.queue(queue));
                }
                if (hasColons(library)) {
                    watched.awaitCountsOf(client.queue("a:b:c"));
                }
                watched.awaitValue(0, "fifo", "queue_workers");
                watched.awaitValue(0, "fifo", "job_completed_total");
                watched.awaitNone("fifo", "queue_worker_heartbeat_age_seconds");
                assertThat(watched.watched().lines("bullmq_queue_paused"))
                        .as("no job or key is taken for a queue")
                        .hasSize(hasColons(library) ? 8 : 7);
            }
        }
    }

    private static boolean hasColons(QueueLibrary library) {
        return Integer.parseInt(library.version()) < 5;
    }

    private static void addedFirstInFirstOut(JobQueue queue, long now) {
        List.of(50_000, 40_000, 30_000).forEach(age -> queue.add(Job.quick().option("timestamp", now - age)));
    }

    private static void addedLastInFirstOut(JobQueue queue, long now) {
        queue.add(Job.quick().option("timestamp", now - 20_000));
        queue.add(Job.quick().option("timestamp", now - 90_000).option("lifo", true));
        queue.add(Job.quick().option("timestamp", now - 80_000).option("lifo", true));
        queue.add(Job.quick().option("timestamp", now - 10_000));
    }

    private static void addedWithPriorities(JobQueue queue, long now) {
        queue.add(Job.quick().option("timestamp", now - 10_000).option("priority", 1));
        queue.add(Job.quick().option("timestamp", now - 70_000).option("priority", 5));
        queue.add(Job.quick().option("timestamp", now - 30_000));
    }

    private static void addedWithDelays(JobQueue queue, long now) {
        queue.add(Job.quick().option("timestamp", now - 100_000).option("delay", 60_000));
        queue.add(Job.quick().option("timestamp", now - 100_000).option("delay", 80_000));
        queue.add(Job.quick().option("delay", 3_600_000));
    }

    @ParameterizedTest
    @MethodSource("usual")
    void whatHappensWhileWatched(QueueLibrary library) {
        try (var client = start(library);
                var watched = WatchedBullMq.of(redis.master())) {
            isDoneAndRemoved(client, watched);
            comesBackFromFailure(client, watched);
            isRetriedLater(client, watched);
            waitsForTheLimit(client, watched);
            stallsWithItsWorker(client, watched, library);
        }
    }

    private static void isDoneAndRemoved(QueueProgram client, WatchedBullMq watched) {
        var queue = client.queue("removed");
        var removed = Job.lasting(Duration.ofMillis(60)).option("removeOnComplete", true);
        queue.add(removed);
        watched.awaitCountsOf(queue);
        try (var _ = queue.work(Map.of("concurrency", 5))) {
            watched.awaitValue(1, "removed", "queue_workers");
            queue.fill(20, removed);
            queue.add(Job.failing("on purpose"));
            watched.awaitValue(21, "removed", "job_completed_total");
            watched.awaitValue(1, "removed", "job_failed_total");
            watched.awaitValue(0, "removed", "events_gap_total");
            watched.awaitValue(22, "removed", "job_wait_seconds_count");
            watched.awaitValue(22, "removed", "job_duration_seconds_count");
            watched.awaitValue(0, "removed", "queue_oldest_waiting_job_age_seconds");
            watched.awaitValue(22, "removed", "job_added_total");
            watched.awaitCountsOf(queue);
            assertThat(client.events(Kind.COMPLETED)).hasSize(21);
            assertThat(watched.of("removed", "job_duration_seconds_sum")).isBetween(21 * 0.06, 21 * 2.0);
            assertThat(watched.of("removed", "queue_worker_heartbeat_age_seconds"))
                    .isLessThan(20);
            assertThat(watched.of("removed", "queue_oldest_failed_job_age_seconds"))
                    .isLessThan(20);
        }
        watched.awaitValue(0, "removed", "queue_workers");
    }

    /** The hash of such a job says nothing of when it came back, only its stream of events does. */
    private static void comesBackFromFailure(QueueProgram client, WatchedBullMq watched) {
        var queue = client.queue("failing");
        var longAgo = System.currentTimeMillis() - 500_000;
        String job;
        try (var _ = queue.work()) {
            job = queue.add(Job.failing("on purpose").option("timestamp", longAgo));
            watched.awaitValue(1, "failing", "job_failed_total");
        }
        long before = System.currentTimeMillis();
        queue.callJob(job, "retry");
        watched.awaitValue(1, "failing", "job_count", "state", "waiting");
        watched.awaitAge(before, "failing", "queue_oldest_waiting_job_age_seconds");
        watched.awaitValue(1, "failing", "queue_oldest_waiting_job_exact");
    }

    private static void isRetriedLater(QueueProgram client, WatchedBullMq watched) {
        var queue = client.queue("backing-off");
        try (var _ = queue.work()) {
            queue.add(Job.failing("on purpose").option("attempts", 2).option("backoff", 1000));
            watched.awaitValue(1, "backing-off", "job_count", "state", "delayed");
        }
        var failed = client.events(Kind.FAILED).getLast().at().toEpochMilli();
        await().until(() -> watched.of("backing-off", "queue_delayed_overdue_seconds") > 1);
        watched.awaitAge(failed + 1000, "backing-off", "queue_delayed_overdue_seconds");
        watched.awaitValue(0, "backing-off", "job_failed_total");
        try (var _ = queue.work()) {
            watched.awaitValue(1, "backing-off", "job_failed_total");
            watched.awaitValue(1, "backing-off", "job_retries_exhausted_total");
            watched.awaitValue(2, "backing-off", "job_duration_seconds_count");
        }
    }

    private static void waitsForTheLimit(QueueProgram client, WatchedBullMq watched) {
        var queue = client.queue("limited");
        try (var _ = queue.work(Map.of("limiter", Map.of("max", 2, "duration", 5_000)))) {
            watched.awaitValue(0, "limited", "queue_rate_limited");
            queue.fill(5, Job.quick());
            watched.awaitValue(3, "limited", "job_count", "state", "waiting");
            await().until(() -> watched.of("limited", "queue_rate_limit_window_seconds") > 0.5);
            watched.awaitCountsOf(queue);
        }
    }

    private static void stallsWithItsWorker(QueueProgram client, WatchedBullMq watched, QueueLibrary library) {
        var queue = client.queue("stalled");
        try (var first = start(library);
                var second = start(library)) {
            first.queue("stalled").work(IMPATIENT);
            queue.add(Job.hanging());
            first.awaitEvent("the job to start", event -> event.kind() == Kind.STARTED);
            long started = System.currentTimeMillis();
            watched.awaitAge(started, "stalled", "queue_oldest_active_job_age_seconds");
            watched.awaitValue(0, "stalled", "queue_active_without_lock");

            first.kill();
            watched.awaitValue(1, "stalled", "queue_active_without_lock");
            watched.awaitValue(0, "stalled", "queue_workers");
            watched.awaitValue(0, "stalled", "job_stalled_total");

            second.queue("stalled").work(IMPATIENT);
            watched.awaitValue(1, "stalled", "job_stalled_total");
            second.awaitEvent("the job to start again", event -> event.kind() == Kind.STARTED);
            watched.awaitValue(0, "stalled", "queue_active_without_lock");
            second.release();
            watched.awaitValue(1, "stalled", "job_completed_total");
            watched.awaitValue(2, "stalled", "job_wait_seconds_count");
            watched.awaitNone("stalled", "queue_oldest_active_job_age_seconds");
        }
    }

    @ParameterizedTest
    @MethodSource("usual")
    void whatIsSetForTheQueue(QueueLibrary library) {
        try (var client = start(library);
                var watched = WatchedBullMq.of(redis.master())) {
            var queue = client.queue("set");
            queue.call("setGlobalConcurrency", 3);
            queue.call("setGlobalRateLimit", 2, 30_000);
            watched.awaitValue(3, "set", "queue_concurrency_limit");
            watched.awaitValue(0, "set", "queue_rate_limited");
            try (var _ = queue.work()) {
                queue.fill(5, Job.quick());
                watched.awaitValue(1, "set", "queue_rate_limited");
                watched.awaitCountsOf(queue);
            }
        }
    }

    /** 200 jobs of 100 ms by two at once are 20 a second. */
    @Test
    void ratesAreThoseOfTheWork() {
        try (var client = start(QueueLibrary.newest(QueueSystem.BULLMQ));
                var watched = WatchedBullMq.of(redis.master())) {
            var queue = client.queue("steady");
            queue.fill(200, Job.lasting(Duration.ofMillis(100)));
            watched.awaitValue(200, "steady", "job_count", "state", "waiting");
            assertThat(watched.backlog("steady", "drain_seconds")).isIn(Double.NaN, Double.POSITIVE_INFINITY);
            try (var _ = queue.work(Map.of("concurrency", 2))) {
                await().until(() -> watched.backlog("steady", "completion_rate") > 10);
                await().untilAsserted(() -> {
                    double items = watched.backlog("steady", "items");
                    assertThat(items).isBetween(20.0, 140.0);
                    assertThat(watched.backlog("steady", "completion_rate")).isBetween(10.0, 21.0);
                    assertThat(watched.backlog("steady", "arrival_rate")).isBetween(0.0, 2.0);
                    assertThat(watched.backlog("steady", "drain_seconds")).isBetween(items / 21, items / 8);
                });
                await().until(() -> watched.backlog("steady", "items") == 0);
                assertThat(watched.backlog("steady", "drain_seconds")).isZero();
            }
        }
    }

    @Tag("every-version")
    @ParameterizedTest
    @MethodSource("unusual")
    void theSameInOtherVersions(QueueLibrary library) {
        whatWasThereBefore(library);
        forget();
        whatHappensWhileWatched(library);
        forget();
        if (!hasColons(library)) {
            whatIsSetForTheQueue(library);
        }
    }

    private static QueueProgram start(QueueLibrary library) {
        return QueueProgram.start(library, QueueStore.redis(redis.master()));
    }
}
