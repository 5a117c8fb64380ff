// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedBullMq.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.Outcome;
import io.highwater.exporters.Watched;
import io.highwater.lab.Job;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.RedisSetExtension;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Collections a minute apart, and jobs that do not wait for them. */
class BullMqWakeTest {

    @RegisterExtension
    static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan());

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20));
    }

    private static QueueProgram start() {
        return QueueProgram.start(QueueLibrary.newest(QueueSystem.BULLMQ), QueueStore.redis(redis.master()));
    }

    private static boolean waits(Watched watched, String queue, double jobs) {
        return watched.is(jobs, "ha_backlog_items", "unit", "queue", "name", "bull:" + queue);
    }

    private static int collections(Watched watched) {
        return watched.runs(redis.master().name(), QueueSession.PULSE);
    }

    private static List<String> connections() {
        return String.valueOf(redis.master().command("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=highwater"))
                .toList();
    }

    /** The one that waits for events. */
    private static Optional<String> waiting() {
        return connections().stream()
                .filter(line -> line.contains(" cmd=xread ") && line.contains(" flags=b "))
                .map(line -> line.substring("id=".length(), line.indexOf(' ')))
                .findFirst();
    }

    @Test
    void theFirstJobIsCollectedAtOnceAndThoseAfterItAreNotWithTheDocumentedRights() {
        var rights = "on >PASSWORD ~bull:* +@read -@dangerous +hello +time +client|setname +client|list";
        redis.master().command("ACL", ("SETUSER highwater " + rights).split(" "));
        try (var client = start();
                var watched = WatchedBullMq.seldom(redis.master(), Optional.of("highwater"), "given", "mail*")) {
            soon().until(() -> waits(watched, "given", 0));

            client.queue("given").add(Job.quick());

            soon().until(() -> waits(watched, "given", 1));
            int collections = collections(watched);
            client.queue("given").fill(200, Job.quick());
            await().during(Duration.ofSeconds(1)).until(() -> collections(watched) == collections);
            assertThat(connections()).hasSize(2);
            soon().until(() -> watched.runs(redis.master().name(), QueueSession.WORKERS) == 1);
        }
    }

    @Test
    void aLostConnectionIsMadeAnewAndFailsNoCollection() {
        try (var client = start()) {
            client.queue("again").add(Job.quick());
            try (var _ = client.queue("again").work()) {
                soon().until(() -> client.queue("again").count("completed") == 1);
            }
            try (var watched = WatchedBullMq.seldom(redis.master(), Optional.empty(), "*")) {
                soon().until(() -> waits(watched, "again", 0));
                soon().until(() -> waiting().isPresent());
                var lost = waiting().orElseThrow();

                redis.master().command("CLIENT", "KILL", "ID", lost);
                soon().until(() -> waiting().filter(now -> !now.equals(lost)).isPresent());
                client.queue("again").add(Job.quick());

                soon().until(() -> waits(watched, "again", 1));
                assertThat(watched.outcome(redis.master().name(), QueueSession.PULSE))
                        .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Collected.class));
            }
        }
    }

    @Test
    void needsTheEvents() {
        assertThatThrownBy(() -> new BullMqSettings(
                        WatchedBullMq.settings(Optional.empty(), List.of("bull"), redis.master())
                                .redis(),
                        Optional.empty(),
                        Optional.empty(),
                        "bullmq",
                        List.of("bull"),
                        List.of("*"),
                        List.of(),
                        1000,
                        1000,
                        false,
                        List.of("*")))
                .hasMessage("wake: needs events: true, and queues in Redis");
    }
}
