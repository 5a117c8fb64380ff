// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.exporters.ExposedPage;
import io.highwater.lab.Job;
import io.highwater.lab.JobEvent.Kind;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisSet;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page as a whole. */
class BullMqPageTest {

    @Test
    void everyFamilyIsThere() throws IOException, InterruptedException {
        try (var set = RedisSet.plan().start();
                var client =
                        QueueProgram.start(QueueLibrary.of(QueueSystem.BULLMQ, "5"), QueueStore.redis(set.master()));
                var watched = WatchedBullMq.of(set.master())) {
            var queue = client.queue("mails");
            queue.call("setGlobalConcurrency", 1);
            var _ = queue.work();
            queue.add(Job.quick());
            queue.add(Job.failing("on purpose"));
            queue.add(Job.hanging());
            client.awaitEvent(
                    "the last one to start",
                    event -> client.events(Kind.STARTED).size() == 3);
            queue.add(Job.quick());
            queue.add(Job.quick().option("delay", 3_600_000));
            watched.awaitValue(1, "mails", "job_failed_total");
            watched.awaitValue(1, "mails", "queue_workers");
            watched.awaitValue(1, "mails", "job_count", "state", "delayed");
            WatchedBullMq.await().until(() -> watched.backlog("mails", "completion_rate") >= 0);

            var page = new ExposedPage(watched.watched().page(), new BullMqExporter());
            page.isAsIn(getClass(), "bullmq.prom", "no_family_is_left_out", "version=\"[^\"]*\"");
            page.isLinted();
            page.isDeclared("jobs");
            page.hasAllBut(List.of("ha_availability_objective", "ha_rpo_objective", "ha_rto_objective"));
        }
    }
}
