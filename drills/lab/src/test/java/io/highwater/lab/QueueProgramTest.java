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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bull and BullMQ over one Redis. */
class QueueProgramTest {

    @RegisterExtension
    static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan());

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Quick enough to see a stalled job come back. */
    private static final Map<String, Integer> IMPATIENT =
            Map.of("lockDuration", 500, "stalledInterval", 500, "concurrency", 10);

    static Stream<QueueLibrary> usual() {
        return Stream.of("5", "6").map(version -> QueueLibrary.of(QueueSystem.BULLMQ, version));
    }

    static Stream<QueueLibrary> unusual() {
        return Stream.concat(
                QueueLibrary.available(QueueSystem.BULL).stream(),
                Stream.of("3", "4").map(version -> QueueLibrary.of(QueueSystem.BULLMQ, version)));
    }

    @AfterEach
    void forget() {
        redis.master().command("FLUSHALL");
    }

    @ParameterizedTest
    @MethodSource("usual")
    void worksCountsAndSurvivesItsWorkers(QueueLibrary library) {
        try (var client = start(library);
                var first = start(library);
                var second = start(library)) {
            doesWhatJobsSay(client.queue("said"), first);
            countsWhatWaits(client.queue("waiting"));
            stopsWhilePaused(client.queue("paused"), first);
            addsJobsUntilItsWriterIsClosed(client.queue("written"));
            leavesItsJobToOthersWhenItDies(client.queue("left"), first, second);
        }
    }

    @Tag("every-version")
    @ParameterizedTest
    @MethodSource("unusual")
    void everyVersionDoesSo(QueueLibrary library) {
        worksCountsAndSurvivesItsWorkers(library);
    }

    private static void doesWhatJobsSay(JobQueue queue, QueueProgram program) {
        program.queue("said").work(IMPATIENT);
        var quick = queue.add(Job.quick());
        var failing = queue.add(Job.failing("on purpose").option("attempts", 2));
        var hanging = queue.add(Job.hanging());
        await().atMost(LIMIT).until(() -> queue.count("completed") == 1 && queue.count("failed") == 1);
        await().atMost(LIMIT).until(() -> queue.state(hanging).equals("active"));

        program.release(hanging);
        await().atMost(LIMIT).until(() -> queue.count("completed") == 2);
        assertThat(queue.state(failing)).isEqualTo("failed");
        assertThat(jobs(program, Kind.STARTED)).containsExactlyInAnyOrder(quick, failing, failing, hanging);
        assertThat(jobs(program, Kind.COMPLETED)).containsExactly(quick, hanging);
        assertThat(jobs(program, Kind.FAILED)).containsExactly(failing, failing);
    }

    private static void countsWhatWaits(JobQueue queue) {
        queue.fill(6000, Job.quick());
        var delayed = queue.add(Job.quick().option("delay", 3_600_000));
        assertThat(queue.count("waiting")).isEqualTo(6000);
        assertThat(queue.count("delayed")).isEqualTo(1);
        assertThat(queue.state(delayed)).isEqualTo("delayed");
        assertThat(queue.workers()).isZero();

        queue.callJob(delayed, "promote");
        assertThat(queue.count("waiting")).isEqualTo(6001);
        queue.drain();
        assertThat(queue.count("waiting")).isZero();
    }

    private static void stopsWhilePaused(JobQueue queue, QueueProgram program) {
        program.queue("paused").work(IMPATIENT);
        await().atMost(LIMIT).until(() -> queue.workers() > 0); // Bull 3 counts connections
        queue.pause();
        assertThat(queue.isPaused()).isTrue();
        var job = queue.add(Job.lasting(Duration.ofMillis(1)));
        await().during(Duration.ofMillis(300))
                .atMost(LIMIT)
                .until(() -> !queue.state(job).equals("completed"));

        queue.resume();
        await().atMost(LIMIT).until(() -> queue.state(job).equals("completed"));
    }

    private static void addsJobsUntilItsWriterIsClosed(JobQueue queue) {
        try (var _ = QueueWriter.start(queue, Job.quick(), 100)) {
            await().atMost(LIMIT).until(() -> queue.count("waiting") > 10);
        }
        var last = new AtomicLong(-1); // one may have been under way
        await().during(Duration.ofMillis(300)).atMost(LIMIT).until(() -> {
            long now = queue.count("waiting");
            return last.getAndSet(now) == now;
        });
    }

    private static void leavesItsJobToOthersWhenItDies(JobQueue queue, QueueProgram first, QueueProgram second) {
        first.queue("left").work(IMPATIENT);
        var job = queue.add(Job.hanging());
        first.awaitEvent("the job to start", event -> event.queue().equals("left"));
        first.kill();
        assertThat(first.isRunning()).isFalse();
        assertThat(first.events()).last().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(Kind.STARTED);
            assertThat(event.job()).isEqualTo(job);
        });
        assertThat(queue.count("active")).isEqualTo(1);

        second.queue("left").work(IMPATIENT);
        second.awaitEvent("the stalled job to start again", event -> event.job().equals(job));
        second.release();
        await().atMost(LIMIT).until(() -> queue.state(job).equals("completed"));
    }

    @Test
    void keepsItsConnectionsWhileItHangsAndWaitsForItsJobsWhenStopped() {
        var newest = QueueLibrary.newest(QueueSystem.BULLMQ);
        try (var client = start(newest);
                var program = start(newest)) {
            var queue = client.queue("hung");
            program.queue("hung").work(Map.of("name", "alice"));
            await().atMost(LIMIT).until(() -> queue.workers() == 1);

            program.pause();
            var job = queue.add(Job.lasting(Duration.ofMillis(200)));
            await().during(Duration.ofMillis(300))
                    .atMost(LIMIT)
                    .until(() -> queue.workers() == 1 && program.events().isEmpty());
            program.resume();
            program.awaitEvent("the job to start", event -> event.kind() == Kind.STARTED);

            program.stop();
            assertThat(queue.state(job)).isEqualTo("completed");
            assertThat(program.isRunning()).isFalse();
            assertThatThrownBy(() -> program.queue("hung").counts()).hasMessageContaining("has ended");
        }
    }

    @Test
    void fillsManyQueuesUnderAPrefixOfItsOwn() {
        var names = IntStream.range(0, 200).mapToObj(i -> "queue-" + i).toList();
        var store = QueueStore.redis(redis.set()).prefix("{a:b}");
        try (var program = QueueProgram.start(QueueLibrary.of(QueueSystem.BULLMQ, "5"), store)) {
            program.fill(names, 3, Job.quick().option("priority", 7));

            assertThat(program.queue("queue-199").count("prioritized")).isEqualTo(3);
            assertThat(redis.master().command("ZCARD", "{a:b}:queue-0:prioritized"))
                    .isEqualTo(3L);
            assertThat(program.events(Kind.ADDED)).hasSize(600);
        }
    }

    @Test
    void addsFlowsAndSaysWhatIsRefused() {
        try (var program = start(QueueLibrary.newest(QueueSystem.BULLMQ))) {
            var parent = program.add(JobFlow.of("parents", Job.quick())
                    .child(JobFlow.of("children", Job.quick()))
                    .child(JobFlow.of("children", Job.quick())));
            var parents = program.queue("parents");
            assertThat(parents.state(parent)).isEqualTo("waiting-children");
            assertThat(program.queue("children").count("waiting")).isEqualTo(2);

            try (var worker = program.queue("children").work();
                    var other = parents.work()) {
                await().atMost(LIMIT).until(() -> parents.state(parent).equals("completed"));
                worker.pause();
                other.pause();
            }
            parents.obliterate();
            assertThat(parents.count("completed")).isZero();
            assertThatThrownBy(() -> program.queue("a:b").add(Job.quick()))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("cannot contain :");
        }
    }

    @Test
    void callsWhatHasNoMethodHere() {
        try (var program = start(QueueLibrary.newest(QueueSystem.BULLMQ))) {
            var queue = program.queue("called");
            queue.call("setGlobalConcurrency", 3);
            queue.call("setGlobalRateLimit", 10, 1000);
            assertThat(redis.master().command("HMGET", "bull:called:meta", "concurrency", "max"))
                    .isEqualTo(List.of("3", "10"));

            queue.call("upsertJobScheduler", "nightly", Map.of("every", 3_600_000));
            assertThat(queue.call("getJobSchedulersCount")).isEqualTo(1L);
            assertThat(queue.call("getJobs", List.of("waiting", "delayed")))
                    .asString()
                    .contains("repeat:nightly:");
            assertThatThrownBy(() -> queue.call("sing")).hasMessageContaining("the library has no sing here");
        }
    }

    @Test
    void keepsItsJobsInPostgres() {
        try (var postgres = PostgresServer.of(18).start();
                var program =
                        QueueProgram.start(QueueLibrary.of(QueueSystem.BULLMQ, "6"), QueueStore.postgres(postgres))) {
            var queue = program.queue("rows");
            queue.fill(10, Job.quick());
            assertThat(postgres.value("SELECT count(*) FROM bullmq.job")).isEqualTo("10");

            queue.work();
            await().atMost(LIMIT).until(() -> queue.count("completed") == 10);
            assertThat(queue.workers()).isEqualTo(1);
        }
    }

    @Test
    void followsSentinelsToTheNewMaster() {
        var library = QueueLibrary.newest(QueueSystem.BULLMQ);
        try (var set = RedisSet.plan().replicas(1).sentinels(1).start();
                var program = QueueProgram.start(library, QueueStore.redis(set))) {
            var queue = program.queue("followed");
            queue.add(Job.quick());
            set.awaitCaughtUp(set.replica());

            set.master().kill();
            set.awaitFailover();
            queue.add(Job.quick());
            assertThat(queue.count("waiting")).isEqualTo(2);
        }
    }

    @Test
    void usesARedisCluster() {
        var plan = RedisSet.plan().setting("cluster-enabled", "yes").setting("cluster-announce-ip", "127.0.0.1");
        try (var set = plan.start();
                var program = QueueProgram.start(
                        QueueLibrary.newest(QueueSystem.BULLMQ),
                        QueueStore.redisCluster(List.of(set.master())).prefix("{jobs}"))) {
            set.master().command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            await().atMost(LIMIT)
                    .until(() -> String.valueOf(set.master().command("CLUSTER", "INFO"))
                            .contains("cluster_state:ok"));
            var queue = program.queue("spread");
            queue.work();
            var job = queue.add(Job.quick());
            await().atMost(LIMIT).until(() -> queue.state(job).equals("completed"));
        }
    }

    private static QueueProgram start(QueueLibrary library) {
        return QueueProgram.start(library, QueueStore.redis(redis.set()));
    }

    private static List<String> jobs(QueueProgram program, Kind kind) {
        return program.events(kind).stream().map(JobEvent::job).toList();
    }
}
