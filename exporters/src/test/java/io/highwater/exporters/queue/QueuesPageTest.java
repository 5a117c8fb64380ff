// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedQueues.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.exporters.ExposedPage;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisVersion;
import io.highwater.lab.junit.RedisSetExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The page of every layout as a whole, collected as a user who has the rights that the documentation says, and no other;
 * and of a replica alone. The keys are such as the libraries were seen to write.
 */
class QueuesPageTest {

    private static final Path DOCUMENTATION = Path.of(System.getProperty("project.root"), "docs/backends/queues.md");

    @RegisterExtension
    static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan().replicas(1));

    private static WatchedQueues watched;

    @BeforeAll
    static void collect() throws IOException {
        prepare(redis.set());
        var servers = redis.set().servers().toArray(RedisServer[]::new);
        watched = WatchedQueues.of(WatchedQueues.settings(Optional.of("highwater"), servers));
        awaitAll(watched);
        // Rates need some collections.
        await().until(() -> watched.watched()
                .value("ha_backlog_completion_rate", "name", "streams:stream/pay")
                .isPresent());
    }

    private static void prepare(RedisSet set) throws IOException {
        var rights = documentedRights();
        set.servers().forEach(server -> server.command("ACL", rights));
        fill(set.master());
        set.replicas().forEach(set::awaitCaughtUp);
    }

    private static String[] documentedRights() throws IOException {
        return Files.readAllLines(DOCUMENTATION).stream()
                .filter(line -> line.startsWith("ACL SETUSER"))
                .map(line -> line.substring("ACL ".length()).split(" "))
                .findFirst()
                .orElseThrow();
    }

    private static void fill(RedisServer server) {
        long now = System.currentTimeMillis();
        var seconds = String.valueOf(now / 1000.0);
        var iso = Instant.ofEpochMilli(now).toString();
        write(server, "SET bull:mails:id 2", "LPUSH bull:mails:wait 1", "LPUSH bull:mails:active 2");
        server.command("HSET", "bull:mails:1", "timestamp", String.valueOf(now), "opts", "{}");
        server.command("HSET", "bull:mails:2", "processedOn", String.valueOf(now), "opts", "{}");
        write(
                server,
                "ZADD bull:mails:failed " + now + " 3",
                "ZADD bull:mails:delayed " + (now + 900_000) * 4096 + " 4");

        server.command("SADD", "_kombu.binding.mails", "mails\u0006\u0016\u0006\u0016mails");
        server.command("LPUSH", "mails", "{\"headers\": {\"sent_at\": " + now + "}}");
        write(server, "HSET unacked tag x", "ZADD unacked_index " + seconds + " tag");

        write(server, "SADD rq:queues rq:queue:mails", "RPUSH rq:queue:mails one");
        server.command("HSET", "rq:job:one", "enqueued_at", iso);
        server.command("HSET", "rq:job:two", "started_at", iso);
        server.command("HSET", "rq:job:three", "ended_at", iso);
        write(
                server,
                "ZADD rq:wip:mails " + (now / 1000 + 60) + " two:x",
                "ZADD rq:failed:mails " + (now / 1000 + 60) + " three");
        write(server, "ZADD rq:scheduled:mails " + (now / 1000 + 900) + " four");
        write(server, "SADD rq:workers:mails rq:worker:alice", "HSET rq:worker:alice last_heartbeat " + iso);

        write(server, "SADD queues default", "MSET stat:processed 3 stat:failed 1");
        server.command("LPUSH", "queue:default", "{\"class\": \"Lab\", \"enqueued_at\": " + now + "}");
        server.command("SADD", "shop:queues", "default");
        server.command("LPUSH", "shop:queue:default", "{\"class\": \"Lab\", \"enqueued_at\": " + seconds + "}");
        write(server, "SADD processes host:1:a", "HSET host:1:a beat " + seconds + " busy 1");
        server.command("HSET", "host:1:a", "info", "{\"queues\": [\"default\"], \"concurrency\": 5}");
        write(server, "ZADD retry " + (now / 1000 + 900) + " five", "ZADD dead " + seconds + " six");

        server.command("LPUSH", "timed", "{\"meta\": {\"at\": " + now + "}}");
        write(server, "ZADD seconds " + (now / 1000 + 900) + " seven");
        write(server, "XGROUP CREATE stream pay 0 MKSTREAM", "XADD stream * a b", "XADD stream * a b");
        write(server, "XREADGROUP GROUP pay alice COUNT 1 STREAMS stream >");
    }

    private static void write(RedisServer server, String... commands) {
        for (var command : commands) {
            var words = List.of(command.split(" "));
            server.command(words.getFirst(), words.subList(1, words.size()).toArray(String[]::new));
        }
    }

    private static void awaitAll(WatchedQueues watched) {
        await().untilAsserted(() -> assertThat(watched.watched().lines("queue_jobs").stream()
                        .map(line -> line.replaceAll(".*layout=\"(\\w+)\".*", "$1")))
                .contains("bull", "celery", "rq", "sidekiq", "lists", "streams", "schedulers"));
        await().until(() -> watched.watched().store().complete());
        await().until(() -> !Double.isNaN(watched.of("shop:default", "queue_oldest_waiting_job_age_seconds")));
    }

    @AfterAll
    static void stop() {
        watched.close();
    }

    @Test
    void theRightsAreEnough() {
        rightsAreEnough(redis.set(), watched);
    }

    @Tag("every-version")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REDIS_7_0")
    void theyAreOnOtherVersionsToo(RedisVersion version) throws IOException {
        try (var set = RedisSet.plan().version(version).start()) {
            prepare(set);
            try (var other = WatchedQueues.of(WatchedQueues.settings(Optional.of("highwater"), set.master()))) {
                awaitAll(other);
                rightsAreEnough(set, other);
            }
        }
    }

    private static void rightsAreEnough(RedisSet set, WatchedQueues of) {
        for (var server : set.servers()) {
            for (var collector : BullMqExporter.COLLECTORS) {
                var outcome = of.watched().outcome(server.name(), collector.name());
                assertThat(outcome.orElseThrow())
                        .as(server.name() + " " + collector.name())
                        .isEqualTo(new Outcome.Collected(List.of()));
            }
            assertThat(server.command("ACL", "LOG")).isEqualTo(List.of());
        }
    }

    @Test
    void aReplicaAloneTellsTheSame() {
        try (var replica = WatchedQueues.of(redis.set().replica())) {
            awaitAll(replica);
            await().untilAsserted(() -> assertThat(jobs(replica)).isEqualTo(jobs(watched)));
        }
    }

    private static List<String> jobs(WatchedQueues of) {
        return of.watched().lines("queue_jobs").stream().sorted().toList();
    }

    private static ExposedPage page() {
        return new ExposedPage(watched.watched().page(), new QueuesExporter());
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        page().isAsIn(QueuesPageTest.class, "queues.prom", "ha_backlog_(drain|wait)_seconds", "(?!)");
    }

    @Test
    void prometheusFindsNothingToSay() throws IOException, InterruptedException {
        page().isLinted();
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        page().isDeclared("jobs");
    }

    @Test
    void everyFamilyIsThere() {
        page().hasAllBut(List.of("ha_"));
    }
}
