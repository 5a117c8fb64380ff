// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedQueues.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.Job;
import io.highwater.lab.JobEvent.Kind;
import io.highwater.lab.JobQueue;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.junit.PostgresServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** pg-boss 10 with a real worker, watched as documented, and compared with what it says itself. */
class PgBossTest {

    @RegisterExtension
    static final PostgresServerExtension postgres =
            new PostgresServerExtension(PostgresServer.of(15).name("pg-1"));

    private static final Path DOCUMENTATION = Path.of(System.getProperty("project.root"), "docs/backends/queues.md");

    @Test
    void everyNumberIsWhatPgBossSays() throws IOException {
        try (var client =
                QueueProgram.start(QueueLibrary.newest(QueueSystem.PGBOSS), QueueStore.postgres(postgres.server()))) {
            var queue = client.queue("mails");
            queue.fill(20, Job.quick());
            queue.add(Job.quick().option("startAfter", 3600));
            client.queue("failing").add(Job.failing("on purpose").option("retryLimit", 0));
            long added = System.currentTimeMillis();
            for (var line : Files.readAllLines(DOCUMENTATION)) {
                if (line.startsWith("CREATE ROLE") || line.startsWith("GRANT")) {
                    postgres.server().execute(line);
                }
            }
            var table = WatchedJobTables.of(JobLibrary.PG_BOSS, Optional.empty());
            try (var watched =
                    WatchedQueues.of(WatchedJobTables.settings(Map.of("pg-boss", table), postgres.server()))) {
                watched.awaitJobs(20, "mails", "waiting");
                watched.awaitJobs(1, "mails", "delayed");
                isAsCounted(watched, queue);
                watched.awaitAge(added, "mails", "queue_oldest_waiting_job_age_seconds");

                works(client, watched, queue);
                fails(client, watched);
            }
        }
    }

    private static void works(QueueProgram client, WatchedQueues watched, JobQueue queue) {
        var last = queue.add(Job.hanging());
        queue.work(Map.of("batchSize", 30));
        client.awaitEvent(
                "the last job to start",
                event -> event.kind() == Kind.STARTED && event.job().equals(last));
        watched.awaitJobs(21, "mails", "active");
        isAsCounted(watched, queue);
        var started = client.events(Kind.STARTED).getFirst().at();
        watched.awaitAge(started.toEpochMilli(), "mails", "queue_oldest_active_job_age_seconds");
        client.release();
        watched.awaitJobs(0, "mails", "active");
        watched.awaitJobs(0, "mails", "waiting");
        isAsCounted(watched, queue);
    }

    private static void fails(QueueProgram client, WatchedQueues watched) {
        client.queue("failing").work(Map.of());
        watched.awaitJobs(1, "failing", "failed");
        isAsCounted(watched, client.queue("failing"));
        var failed = client.events(Kind.FAILED).getFirst().at();
        assertThat(failed).isBefore(Instant.now());
        watched.awaitAge(failed.toEpochMilli(), "failing", "queue_oldest_failed_job_age_seconds");
    }

    /** Its created and retry are what waits and what is delayed. */
    private static void isAsCounted(WatchedQueues watched, JobQueue queue) {
        await().untilAsserted(() -> {
            var counts = queue.counts();
            double ready = counts.getOrDefault("created", 0L) + counts.getOrDefault("retry", 0L);
            assertThat(jobs(watched, queue, "waiting") + jobs(watched, queue, "delayed"))
                    .isEqualTo(ready);
            for (var state : new String[] {"active", "failed"}) {
                assertThat(jobs(watched, queue, state)).isEqualTo((double) counts.getOrDefault(state, 0L));
            }
        });
    }

    private static double jobs(WatchedQueues watched, JobQueue queue, String state) {
        return watched.of(queue.name(), "queue_jobs", "state", state);
    }
}
