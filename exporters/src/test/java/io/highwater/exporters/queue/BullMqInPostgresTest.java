// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.Job;
import io.highwater.lab.JobEvent.Kind;
import io.highwater.lab.JobFlow;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.junit.PostgresServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** BullMQ 6 on Postgres, watched with the rights that the documentation says. */
class BullMqInPostgresTest {

    @RegisterExtension
    static final PostgresServerExtension postgres =
            new PostgresServerExtension(PostgresServer.of(15).name("pg-1"));

    private static final Path DOCUMENTATION = Path.of(System.getProperty("project.root"), "docs/backends/bullmq.md");

    private static final Map<String, Integer> IMPATIENT = Map.of("lockDuration", 500, "stalledInterval", 500);

    @Test
    void everyNumberIsWhatBullMqSays() throws IOException {
        var store = QueueStore.postgres(postgres.server());
        try (var client = QueueProgram.start(QueueLibrary.of(QueueSystem.BULLMQ, "6"), store)) {
            long now = System.currentTimeMillis();
            addBefore(client, now);
            for (var line : Files.readAllLines(DOCUMENTATION)) {
                if (line.startsWith("CREATE ROLE") || line.startsWith("GRANT")) {
                    postgres.server().execute(line);
                }
            }
            try (var watched = WatchedBullMq.of("highwater", postgres.server())) {
                watched.awaitAge(now - 90_000, "lifo", "queue_oldest_waiting_job_age_seconds");
                watched.awaitAge(now - 70_000, "priorities", "queue_oldest_waiting_job_age_seconds");
                watched.awaitAge(now - 40_000, "delays", "queue_delayed_overdue_seconds");
                watched.awaitValue(1, "delays", "queue_delayed_overdue_jobs");
                watched.awaitValue(1, "lifo", "queue_paused");
                watched.awaitValue(0, "delays", "queue_paused");
                watched.awaitValue(1, "lifo", "queue_oldest_waiting_job_exact");
                for (var queue : List.of("lifo", "priorities", "delays", "parents", "children")) {
                    watched.awaitCountsOf(client.queue(queue));
                }
                isDone(client, watched);
                isRetried(client, watched);
                stalls(store, client, watched);
            }
        }
    }

    private static void addBefore(QueueProgram client, long now) {
        client.queue("lifo").add(Job.quick().option("timestamp", now - 20_000));
        client.queue("lifo").add(Job.quick().option("timestamp", now - 90_000).option("lifo", true));
        client.queue("lifo").pause();
        client.queue("priorities")
                .add(Job.quick().option("timestamp", now - 10_000).option("priority", 1));
        client.queue("priorities")
                .add(Job.quick().option("timestamp", now - 70_000).option("priority", 5));
        client.queue("delays")
                .add(Job.quick().option("timestamp", now - 100_000).option("delay", 60_000));
        client.queue("delays").add(Job.quick().option("delay", 3_600_000));
        client.add(JobFlow.of("parents", Job.quick()).child(JobFlow.of("children", Job.quick())));
    }

    private static void isDone(QueueProgram client, WatchedBullMq watched) {
        var queue = client.queue("removed");
        try (var _ = queue.work(Map.of("concurrency", 5))) {
            queue.fill(20, Job.lasting(Duration.ofMillis(50)).option("removeOnComplete", true));
            watched.awaitValue(20, "removed", "job_completed_total");
            watched.awaitValue(20, "removed", "job_duration_seconds_count");
            watched.awaitValue(20, "removed", "job_wait_seconds_count");
            watched.awaitValue(0, "removed", "events_gap_total");
            watched.awaitValue(1, "removed", "queue_workers");
            watched.awaitCountsOf(queue);
            assertThat(client.events(Kind.COMPLETED)).hasSize(20);
            assertThat(watched.of("removed", "queue_worker_heartbeat_age_seconds"))
                    .isLessThan(40);
        }
        watched.awaitValue(0, "removed", "queue_workers");
    }

    private static void isRetried(QueueProgram client, WatchedBullMq watched) {
        var queue = client.queue("failing");
        String job;
        try (var _ = queue.work()) {
            job = queue.add(Job.failing("on purpose").option("timestamp", System.currentTimeMillis() - 500_000));
            watched.awaitValue(1, "failing", "job_failed_total");
        }
        long before = System.currentTimeMillis();
        queue.callJob(job, "retry");
        watched.awaitAge(before, "failing", "queue_oldest_waiting_job_age_seconds");
    }

    private static void stalls(QueueStore store, QueueProgram client, WatchedBullMq watched) {
        var queue = client.queue("stalled");
        try (var first = QueueProgram.start(client.library(), store)) {
            first.queue("stalled").work(IMPATIENT);
            queue.add(Job.hanging());
            first.awaitEvent("the job to start", event -> event.kind() == Kind.STARTED);
            watched.awaitValue(0, "stalled", "queue_active_without_lock");
            first.kill();
            watched.awaitValue(1, "stalled", "queue_active_without_lock");
            watched.awaitValue(0, "stalled", "queue_workers");
        }
        queue.work(IMPATIENT);
        watched.awaitValue(1, "stalled", "job_stalled_total");
        watched.awaitValue(0, "stalled", "queue_active_without_lock");
        client.release();
        watched.awaitValue(1, "stalled", "job_completed_total");
    }
}
