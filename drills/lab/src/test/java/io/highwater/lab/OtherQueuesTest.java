// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.JobEvent.Kind;
import io.highwater.lab.junit.RedisSetExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Job queues of other languages over one Redis. */
class OtherQueuesTest {

    @RegisterExtension
    static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan());

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @AfterEach
    void forget() {
        redis.master().command("FLUSHALL");
    }

    @Test
    void rq() {
        rq(QueueLibrary.newest(QueueSystem.RQ));
    }

    @Tag("every-version")
    @Test
    void olderRq() {
        rq(QueueLibrary.of(QueueSystem.RQ, "2"));
    }

    private static void rq(QueueLibrary library) {
        try (var client = start(library);
                var program = start(library)) {
            var queue = client.queue("mails");
            queue.fill(20, Job.quick());
            assertThat(queue.count("queued")).isEqualTo(20);
            queue.drain();
            doesWhatJobsSay(queue, program, Map.of("name", "alice"));
            assertThat(queue.call("getWorkers")).isEqualTo(List.of("alice"));
            await().atMost(LIMIT).until(() -> queue.count("finished") == 2 && queue.count("failed") == 1);

            var lost = diesAtWork(queue, program);
            assertThat(queue.state(lost)).isEqualTo("started");
            assertThat(queue.count("started")).isEqualTo(1);
            queue.pause();
            assertThat(queue.isPaused()).isTrue();
        }
    }

    @Test
    void celery() {
        var library = QueueLibrary.newest(QueueSystem.CELERY);
        try (var client = start(library);
                var program = start(library)) {
            var queue = client.queue("mails");
            queue.fill(20, Job.quick());
            queue.add(Job.quick().option("priority", 9));
            assertThat(queue.count("waiting")).isEqualTo(21);
            assertThatThrownBy(queue::isPaused).hasMessageContaining("the library has no isPaused here");
            assertThatThrownBy(() -> client.add(JobFlow.of("mails", Job.quick())))
                    .hasMessageContaining("the library has no flow here");
            queue.drain();
            doesWhatJobsSay(queue, program, Map.of("task_acks_late", true, "worker_prefetch_multiplier", 1));
            assertThat(queue.workers()).isEqualTo(1);

            diesAtWork(queue, program);
            assertThat(queue.count("unacked")).isEqualTo(1);
        }
    }

    @Test
    void sidekiq() {
        var library = QueueLibrary.newest(QueueSystem.SIDEKIQ);
        try (var client = start(library);
                var program = start(library)) {
            var queue = client.queue("mails");
            queue.fill(20, Job.quick());
            queue.add(Job.quick().option("at", 4_000_000_000L));
            assertThat(queue.count("enqueued")).isEqualTo(20);
            assertThat(queue.count("scheduled")).isEqualTo(1);
            queue.drain();
            doesWhatJobsSay(queue, program, Map.of("concurrency", 1));
            assertThat(queue.workers()).isEqualTo(1);
            await().atMost(LIMIT).until(() -> queue.count("retry") == 1);

            diesAtWork(queue, program);
            assertThat(queue.count("enqueued")).isZero();
        }
    }

    private static void doesWhatJobsSay(JobQueue queue, QueueProgram program, Map<String, ?> options) {
        var quick = queue.add(Job.quick());
        var failing = queue.add(Job.failing("on purpose"));
        var hanging = queue.add(Job.hanging());
        program.queue("mails").work(options);
        program.awaitEvent("the last job to start", event -> event.job().equals(hanging));
        assertThat(jobs(program, Kind.COMPLETED)).containsExactly(quick);
        assertThat(jobs(program, Kind.FAILED)).containsExactly(failing);

        // The file it hangs by comes just after it started.
        await().atMost(LIMIT).until(() -> {
            program.release(hanging);
            return jobs(program, Kind.COMPLETED).contains(hanging);
        });
    }

    /** The job. */
    private static String diesAtWork(JobQueue queue, QueueProgram program) {
        program.pause();
        var lost = queue.add(Job.hanging());
        await().during(Duration.ofMillis(300))
                .atMost(LIMIT)
                .until(() ->
                        program.events().stream().noneMatch(event -> event.job().equals(lost)));
        program.resume();
        program.awaitEvent("the job to start", event -> event.job().equals(lost));
        program.kill();
        assertThat(program.events()).last().extracting(JobEvent::kind).isEqualTo(Kind.STARTED);
        return lost;
    }

    private static QueueProgram start(QueueLibrary library) {
        return QueueProgram.start(library, QueueStore.redis(redis.set()));
    }

    private static List<String> jobs(QueueProgram program, Kind kind) {
        return program.events(kind).stream().map(JobEvent::job).toList();
    }
}
