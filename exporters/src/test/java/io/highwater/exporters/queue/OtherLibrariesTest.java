// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedQueues.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.Job;
import io.highwater.lab.JobEvent;
import io.highwater.lab.JobQueue;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.RedisSetExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Real Bull, Celery, RQ and Sidekiq: each number is what the library itself says, and each age what the test knows. */
class OtherLibrariesTest {

    private static final String AGE = "queue_oldest_waiting_job_age_seconds";

    private static final String ALL = "(all)";

    @RegisterExtension
    static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan());

    @AfterEach
    void forget() {
        redis.master().command("FLUSHALL");
    }

    @Test
    void bull4() {
        bull(QueueLibrary.of(QueueSystem.BULL, "4"));
    }

    @Tag("every-version")
    @Test
    void bull3() {
        bull(QueueLibrary.of(QueueSystem.BULL, "3"));
    }

    private static void bull(QueueLibrary library) {
        try (var client = start(library);
                var other = start(QueueLibrary.newest(QueueSystem.BULLMQ));
                var watched = watch()) {
            var queue = client.queue("a:b");
            long now = System.currentTimeMillis();
            queue.add(Job.quick().option("timestamp", now - 30_000));
            queue.add(Job.quick().option("timestamp", now - 60_000).option("priority", 3));
            queue.add(Job.quick().option("delay", 900_000));
            other.queue("mq").add(Job.quick());
            awaitBull(watched, queue);
            watched.awaitAge(now - 60_000, "a:b", AGE);
            watched.awaitValue(3, "a:b", "queue_job_added_total");
            watched.awaitValue(0, "a:b", "queue_workers");
            watched.awaitValue(0, "a:b", "queue_paused");

            try (var program = start(library)) {
                program.queue("a:b").work();
                var failing = queue.add(Job.failing("on purpose"));
                var hanging = queue.add(Job.hanging());
                program.awaitEvent("the last job to start", event -> event.job().equals(hanging));
                long started = started(program, hanging);
                program.awaitEvent("the other to fail", event -> event.job().equals(failing));
                awaitBull(watched, queue);
                watched.awaitAge(started, "a:b", "queue_oldest_active_job_age_seconds");
                watched.awaitValue(1, "a:b", "queue_workers");
                watched.awaitValue(0, "a:b", "queue_active_without_lock");
            }
            queue.pause();
            queue.add(Job.quick());
            awaitBull(watched, queue);
            watched.awaitValue(1, "a:b", "queue_paused");
            watched.awaitValue(0, "a:b", "queue_workers");
            assertThat(watched.watched().lines("queue_paused", "layout", "bull"))
                    .as("BullMQ's are not taken for Bull's")
                    .hasSize(1);
        }
    }

    private static void awaitBull(WatchedQueues watched, JobQueue queue) {
        await().untilAsserted(() -> queue.counts()
                .forEach((state, count) -> assertThat(watched.of(queue.name(), "queue_jobs", "state", state))
                        .as(state)
                        .isEqualTo((double) count)));
    }

    @Test
    void rq3() {
        rq(QueueLibrary.of(QueueSystem.RQ, "3"));
    }

    @Tag("every-version")
    @Test
    void rq2() {
        rq(QueueLibrary.of(QueueSystem.RQ, "2"));
    }

    private static void rq(QueueLibrary library) {
        try (var client = start(library);
                var watched = watch()) {
            var queue = client.queue("mails");
            var oldest = queue.add(Job.quick());
            long added = at(client, JobEvent.Kind.ADDED, oldest);
            await().until(() -> System.currentTimeMillis() > added + 1000);
            queue.add(Job.failing("on purpose"));
            var hanging = queue.add(Job.hanging());
            queue.add(Job.quick().option("delay", 900));
            queue.add(Job.quick().option("at_front", true));
            awaitRq(watched, queue);
            watched.awaitAge(added, "mails", AGE);
            watched.awaitValue(1, "mails", "queue_oldest_waiting_job_exact");
            watched.awaitValue(0, "mails", "queue_workers");
            watched.awaitNone("mails", "queue_worker_heartbeat_age_seconds");
            var due = client.events(JobEvent.Kind.ADDED).get(3).at().toEpochMilli() / 1000.0 + 900;
            await().until(() -> Math.abs(watched.of("mails", "queue_next_delayed_timestamp_seconds") - due) < 1.5);

            try (var program = start(library)) {
                program.queue("mails").work(Map.of("name", "alice"));
                program.awaitEvent("the last job to start", event -> event.job().equals(hanging));
                watched.awaitAge(started(program, hanging), "mails", "queue_oldest_active_job_age_seconds");
                watched.awaitAge(
                        program.events(JobEvent.Kind.FAILED).getFirst().at().toEpochMilli(),
                        "mails",
                        "queue_oldest_failed_job_age_seconds");
                awaitRq(watched, queue);
                watched.awaitValue(0, "mails", AGE);
                watched.awaitValue(queue.workers(), "mails", "queue_workers");
                await().until(() -> watched.of("mails", "queue_worker_heartbeat_age_seconds") < 60);
                assertThat(watched.watched().value("ha_backlog_items", "name", "rq:mails"))
                        .hasValue(1);
            }
            watched.awaitValue(0, "mails", "queue_active_without_lock");
            expire(hanging);
            watched.awaitValue(1, "mails", "queue_active_without_lock");
            queue.pause();
            watched.awaitValue(1, "mails", "queue_paused");
        }
    }

    /** As if the dead worker had promised to renew it until a minute ago. */
    private static void expire(String job) {
        var taken = requireNonNull((List<?>) redis.master().command("ZRANGE", "rq:wip:mails", "0", "-1"));
        assertThat(taken).hasSize(1).allMatch(one -> String.valueOf(one).startsWith(job));
        redis.master()
                .command(
                        "ZADD",
                        "rq:wip:mails",
                        String.valueOf(System.currentTimeMillis() / 1000 - 60),
                        String.valueOf(taken.getFirst()));
    }

    private static void awaitRq(WatchedQueues watched, JobQueue queue) {
        var names = Map.of(
                "queued", "waiting",
                "started", "active",
                "deferred", "deferred",
                "scheduled", "delayed",
                "finished", "completed",
                "failed", "failed");
        await().untilAsserted(() -> {
            var counts = queue.counts();
            names.forEach((state, shown) -> assertThat(watched.of(queue.name(), "queue_jobs", "state", shown))
                    .as(state)
                    .isEqualTo((double) counts.getOrDefault(state, -1L)));
        });
    }

    @Test
    void celery() {
        var library = QueueLibrary.newest(QueueSystem.CELERY);
        try (var client = start(library);
                var watched = watch()) {
            var queue = client.queue("mails");
            long now = System.currentTimeMillis();
            queue.add(Job.quick().option("headers", Map.of("sent_at", (now - 50_000) / 1000.0)));
            queue.add(
                    Job.hanging().option("priority", 9).option("headers", Map.of("sent_at", (now - 70_000) / 1000.0)));
            client.queue("bills").fill(20, Job.quick());
            watched.awaitJobs(queue.count("waiting"), "mails", "waiting");
            watched.awaitAge(now - 70_000, "mails", AGE);
            watched.awaitJobs(20, "bills", "waiting");
            watched.awaitJobs(0, ALL, "unacked");
            assertThat(watched.of("bills", AGE)).as("without a time of its own").isNaN();

            try (var program = start(library)) {
                program.queue("mails").work(Map.of("task_acks_late", true, "worker_prefetch_multiplier", 1));
                program.awaitEvent(
                        "a job to start",
                        event -> event.kind() == JobEvent.Kind.STARTED
                                && client.events(JobEvent.Kind.ADDED)
                                        .get(1)
                                        .job()
                                        .equals(event.job()));
                watched.awaitJobs(1, ALL, "unacked");
                assertThat(queue.count("unacked")).isEqualTo(1);
                long taken = program.events().getLast().at().toEpochMilli();
                watched.awaitAge(taken, ALL, "queue_oldest_active_job_age_seconds");
                watched.awaitJobs(0, "mails", "waiting");
                watched.awaitValue(0, "mails", AGE);
            }
            assertThat(watched.watched().lines("queue_jobs", "layout", "celery", "state", "waiting"))
                    .as("queues by which workers are spoken to are none")
                    .hasSize(2);
        }
    }

    @Test
    void sidekiq() {
        var library = QueueLibrary.newest(QueueSystem.SIDEKIQ);
        try (var client = start(library);
                var watched = watch()) {
            var queue = client.queue("mails");
            var oldest = queue.add(Job.quick());
            long added = at(client, JobEvent.Kind.ADDED, oldest);
            await().until(() -> System.currentTimeMillis() > added + 1000);
            queue.add(Job.failing("on purpose"));
            var hanging = queue.add(Job.hanging());
            queue.add(Job.quick().option("at", 4_000_000_000L));
            awaitSidekiq(watched, queue);
            watched.awaitAge(added, "mails", AGE);
            watched.awaitValue(1, "mails", "queue_oldest_waiting_job_exact");
            watched.awaitValue(4e9, ALL, "queue_next_delayed_timestamp_seconds");
            watched.awaitValue(0, ALL, "queue_delayed_overdue_seconds");
            watched.awaitValue(0, ALL, "queue_workers");
            watched.awaitNone(ALL, "queue_job_completed_total");

            try (var program = start(library)) {
                program.queue("mails").work(Map.of("concurrency", 1));
                program.awaitEvent("the last job to start", event -> event.job().equals(hanging));
                watched.awaitJobs(1, ALL, "active");
                awaitSidekiq(watched, queue);
                watched.awaitValue(1, ALL, "queue_workers");
                watched.awaitValue(1, ALL, "queue_concurrency_limit");
                watched.awaitValue(1, ALL, "queue_job_completed_total");
                watched.awaitValue(1, ALL, "queue_job_attempts_failed_total");
                watched.awaitJobs(1, ALL, "retry");
                watched.awaitValue(0, "mails", AGE);
                await().until(() -> watched.of(ALL, "queue_worker_heartbeat_age_seconds") < 10);
            }
        }
    }

    private static void awaitSidekiq(WatchedQueues watched, JobQueue queue) {
        var names = Map.of("busy", "active", "scheduled", "delayed", "retry", "retry", "dead", "dead");
        await().untilAsserted(() -> {
            var counts = queue.counts();
            assertThat(watched.of(queue.name(), "queue_jobs")).isEqualTo((double) counts.getOrDefault("enqueued", -1L));
            names.forEach((state, shown) -> assertThat(watched.of(ALL, "queue_jobs", "state", shown))
                    .as(state)
                    .isEqualTo((double) counts.getOrDefault(state, -1L)));
        });
    }

    private static WatchedQueues watch() {
        return WatchedQueues.of(redis.master());
    }

    private static QueueProgram start(QueueLibrary library) {
        return QueueProgram.start(library, QueueStore.redis(redis.set()));
    }

    private static long started(QueueProgram program, String job) {
        return at(program, JobEvent.Kind.STARTED, job);
    }

    private static long at(QueueProgram program, JobEvent.Kind kind, String job) {
        return program.events(kind).stream()
                .filter(event -> event.job().equals(job))
                .findFirst()
                .orElseThrow()
                .at()
                .toEpochMilli();
    }
}
