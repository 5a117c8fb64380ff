// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedBullMq.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.exporters.Witness;
import io.highwater.lab.Job;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisCluster;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of several servers is believed, with which rights, and what happens when one goes. Each has its own servers. */
class BullMqServersTest {

    private static final Path DOCUMENTATION = Path.of(System.getProperty("project.root"), "docs/backends/bullmq.md");

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theMasterIsReadWhoeverThatIs() {
        try (var set = RedisSet.plan().replicas(1).start();
                var client = start(QueueStore.redis(set.master()))) {
            client.queue("mails").fill(5, Job.quick());
            set.awaitCaughtUp(set.replica());
            var master = set.master();
            var replica = set.replica();
            try (var watched = WatchedBullMq.of(master, replica);
                    var witness = Witness.of(watched.watched())) {
                watched.awaitValue(5, "mails", "job_count", "state", "waiting");
                witness.between(5, 5, "bullmq_job_count", "queue", "mails", "state", "waiting")
                        .between(0, 60, "bullmq_queue_oldest_waiting_job_age_seconds", "queue", "mails");
                master.kill();
                await().until(() -> watched.watched().is(0, "bullmq_up", "node", master.name()));
                watched.awaitNone("mails", "queue_paused");
                replica.promote();
                watched.awaitValue(5, "mails", "job_count", "state", "waiting");
                witness.assertHonest();

                // Nothing of it was saved, so it comes back without the queue.
                master.start();
                await().until(() -> watched.watched().is(1, "bullmq_up", "node", master.name()));
                master.command("RPUSH", "bull:mails:wait", "1");
                master.command("SET", "bull:mails:id", "1");
                watched.awaitNone("mails", "queue_paused");
                witness.assertHonest();
                set.follow(master, replica);
                watched.awaitValue(5, "mails", "job_count", "state", "waiting");
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFailoverBySentinelsIsFollowed() {
        try (var set = RedisSet.plan().replicas(2).sentinels(3).start();
                var client = start(QueueStore.redis(set))) {
            client.queue("mails").fill(5, Job.quick());
            set.replicas().forEach(set::awaitCaughtUp);
            try (var watched = WatchedBullMq.of(set.servers().toArray(RedisServer[]::new));
                    var witness = Witness.of(watched.watched())) {
                watched.awaitValue(5, "mails", "job_count", "state", "waiting");
                witness.between(5, 5, "bullmq_job_count", "queue", "mails", "state", "waiting");
                set.master().kill();
                set.awaitFailover();
                watched.awaitValue(5, "mails", "job_count", "state", "waiting");
                witness.assertHonest();
                try (var _ = client.queue("others").work()) {
                    client.queue("others").add(Job.quick());
                    watched.awaitValue(1, "others", "job_completed_total");
                }
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aReplicaAloneIsEnoughWithTheDocumentedRights() throws IOException {
        replicaAlone(RedisVersion.REDIS_7_0);
    }

    @Tag("every-version")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REDIS_7_0")
    void onOtherVersionsToo(RedisVersion version) throws IOException {
        replicaAlone(version);
    }

    private static void replicaAlone(RedisVersion version) throws IOException {
        try (var set = RedisSet.plan().version(version).replicas(1).start();
                var client = start(QueueStore.redis(set.master()))) {
            client.queue("mails").fill(3, Job.quick());
            client.queue("mails").fill(2, Job.quick().option("priority", 7));
            var replica = set.replica();
            replica.command("ACL", documentedRights());
            try (var watched = WatchedBullMq.of(
                            WatchedBullMq.settings(Optional.of("highwater"), List.of("bull"), replica));
                    var _ = client.queue("rare").work()) {
                watched.awaitCountsOf(client.queue("mails"));
                client.queue("rare").add(Job.quick());
                watched.awaitValue(1, "rare", "job_completed_total");
                watched.awaitCountsOf(client.queue("rare"));
                for (var slot : watched.watched().store().slots()) {
                    await().untilAsserted(
                                    () -> assertThat(slot.latest().orElseThrow().outcome())
                                            .as("%s %s", slot.target(), slot.collector())
                                            .isEqualTo(new Outcome.Collected(List.of())));
                }
                assertThat(replica.command("ACL", "LOG")).isEqualTo(List.of());
            }
        }
    }

    private static String[] documentedRights() throws IOException {
        return Files.readAllLines(DOCUMENTATION).stream()
                .filter(line -> line.startsWith("ACL SETUSER"))
                .map(line -> line.substring("ACL ".length()).split(" "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void inRedisClusterEachMasterTellsOfItsOwn() {
        try (var cluster = RedisCluster.start(1)) {
            var store = QueueStore.redisCluster(cluster.servers());
            try (var one = start(store.prefix("{a}"));
                    var two = start(store.prefix("{b:c}"))) {
                one.queue("mails").fill(4, Job.quick());
                two.queue("mails").fill(2, Job.quick());
                var _ = two.queue("idle").work();
                var settings = WatchedBullMq.settings(
                        Optional.empty(),
                        List.of("{a}", "{b:c}"),
                        cluster.servers().toArray(RedisServer[]::new));
                try (var watched = WatchedBullMq.of(settings)) {
                    watched.awaitValue(4, "mails", "job_count", "state", "waiting", "prefix", "{a}");
                    watched.awaitValue(2, "mails", "job_count", "state", "waiting", "prefix", "{b:c}");
                    watched.awaitValue(1, "idle", "queue_workers");
                }
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whatIsNoQueueHarmsNone() {
        try (var set = RedisSet.plan().start();
                var client = start(QueueStore.redis(set.master()))) {
            client.queue("mails").fill(2, Job.quick());
            client.queue("broken").add(Job.quick());
            set.master().command("DEL", "bull:broken:wait");
            set.master().command("SET", "bull:broken:wait", "text");
            set.master().command("SET", "bull:x", "text");
            set.master().command("HSET", "bull:other:job:meta", "name", "a job of that name", "timestamp", "1");
            try (var watched = WatchedBullMq.of(set.master())) {
                watched.awaitValue(2, "mails", "job_count", "state", "waiting");
                assertThat(watched.watched().lines("bullmq_queue_paused")).hasSize(1);
                await().until(() -> watched.watched()
                        .outcome(set.master().name(), "state")
                        .filter(outcome -> outcome instanceof Outcome.Collected(List<String> notes)
                                && notes.toString().contains("bull:broken: "))
                        .isPresent());

                client.queue("mails").obliterate();
                watched.awaitNone("mails", "queue_paused");
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whoMayNothingSaysSo() {
        try (var set = RedisSet.plan().start();
                var client = start(QueueStore.redis(set.master()))) {
            client.queue("mails").fill(2, Job.quick());
            set.master().command("ACL", "SETUSER", "highwater", "on", ">PASSWORD", "+hello", "+time", "+scan", "~*");
            var settings = WatchedBullMq.settings(Optional.of("highwater"), List.of("bull"), set.master());
            try (var watched = WatchedBullMq.of(settings)) {
                await().until(() ->
                        watched.watched().reason(set.master().name(), "workers").equals(Optional.of(Reason.AUTH)));
                assertThat(watched.watched().lines("bullmq_queue_paused")).isEmpty();
            }
        }
    }

    private static QueueProgram start(QueueStore store) {
        return QueueProgram.start(QueueLibrary.of(QueueSystem.BULLMQ, "5"), store);
    }
}
