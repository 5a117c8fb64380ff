// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.WatchedQueues.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.LabException;
import io.highwater.lab.RedisCluster;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisVersion;
import io.highwater.lab.junit.RedisSetExtension;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists, streams and sorted sets that are queues by themselves. */
class KeysTest {

    private static final String AGE = "queue_oldest_waiting_job_age_seconds";

    @RegisterExtension
    static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan());

    private static WatchedQueues watched;

    @BeforeAll
    static void watch() {
        watched = WatchedQueues.of(redis.master());
    }

    @AfterAll
    static void stop() {
        watched.close();
    }

    @AfterEach
    void forget() {
        redis.master().command("FLUSHALL");
    }

    private static String at(long millis) {
        return "{\"name\": \"x\", \"meta\": {\"to\": [1, {\"at\": 3}], \"at\": " + millis + "}}";
    }

    @Test
    void aListHasLengthAndNoAgeUnlessItsElementsHave() {
        watched.awaitJobs(0, "plain", "waiting");
        redis.master().command("LPUSH", "plain", "a", "b", "c");
        watched.awaitJobs(3, "plain", "waiting");
        assertThat(watched.of("plain", AGE)).isNaN();
        assertThat(watched.watched().value("ha_backlog_items", "name", "lists:plain"))
                .hasValue(3);
        assertThat(watched.watched().value("ha_backlog_oldest_age_seconds", "name", "lists:plain"))
                .isEmpty();
    }

    @Test
    void theNextElementOfAListTellsTheAge() {
        long now = System.currentTimeMillis();
        watched.awaitValue(0, "timed", AGE);
        redis.master().command("LPUSH", "timed", at(now - 60_000), at(now - 30_000), at(now - 10_000));
        watched.awaitAge(now - 60_000, "timed", AGE);
        watched.awaitValue(1, "timed", "queue_oldest_waiting_job_exact");
        redis.master().command("RPOP", "timed");
        watched.awaitAge(now - 30_000, "timed", AGE);
        redis.master().command("RPUSH", "timed", at(now - 5_000), at(now - 1_000));
        watched.awaitAge(now - 5_000, "timed", AGE);
        watched.awaitValue(0, "timed", "queue_oldest_waiting_job_exact");
    }

    @Test
    void theOtherEndMayBeTheOne() {
        long now = System.currentTimeMillis();
        redis.master().command("RPUSH", "left", "{\"at\": \"" + Instant.ofEpochMilli(now - 90_000) + "\"}");
        redis.master().command("RPUSH", "left", "{\"at\": " + (now - 20_000) / 1000.0 + "}");
        watched.awaitAge(now - 90_000, "left", AGE);
    }

    @Test
    void aScheduleIsDelayedUntilItIsDue() {
        long now = System.currentTimeMillis();
        watched.awaitJobs(0, "seconds", "delayed");
        redis.master().command("ZADD", "seconds", String.valueOf((now - 40_000) / 1000.0), "late");
        redis.master().command("ZADD", "seconds", String.valueOf((now - 20_000) / 1000.0), "too");
        redis.master().command("ZADD", "seconds", String.valueOf((now + 900_000) / 1000.0), "later");
        redis.master().command("ZADD", "millis:a", String.valueOf(now + 800_000), "later");
        watched.awaitJobs(2, "seconds", "waiting");
        watched.awaitJobs(1, "seconds", "delayed");
        watched.awaitAge(now - 40_000, "seconds", AGE);
        watched.awaitAge(now - 40_000, "seconds", "queue_delayed_overdue_seconds");
        watched.awaitValue(2, "seconds", "queue_delayed_overdue_jobs");
        watched.awaitValue((now + 900_000) / 1000.0, "seconds", "queue_next_delayed_timestamp_seconds");
        watched.awaitJobs(1, "millis:a", "delayed");
        watched.awaitJobs(0, "millis:a", "waiting");
        watched.awaitValue((now + 800_000) / 1000.0, "millis:a", "queue_next_delayed_timestamp_seconds");
        watched.awaitValue(0, "millis:a", AGE);
    }

    @Test
    void whatIsFoundByAGlobIsForgottenWhenItIsGone() {
        redis.master().command("LPUSH", "plain:a", "x");
        redis.master().command("LPUSH", "plain:ignored", "x");
        watched.awaitJobs(1, "plain:a", "waiting");
        redis.master().command("DEL", "plain:a");
        watched.awaitNone("plain:a", "queue_jobs");
        assertThat(watched.of("plain:ignored", "queue_jobs")).isNaN();
    }

    @Test
    void aConsumerGroupIsAQueue() {
        stream(redis.master(), watched, true);
    }

    @Tag("every-version")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REDIS_7_0")
    void aConsumerGroupOfOtherVersionsToo(RedisVersion version) {
        try (var set = RedisSet.plan().version(version).start();
                var other = WatchedQueues.of(set.master())) {
            stream(set.master(), other, version != RedisVersion.REDIS_6_2);
        }
    }

    /** @param counts whether the server counts what was added and read */
    private static void stream(RedisServer server, WatchedQueues watched, boolean counts) {
        server.command("XGROUP", "CREATE", "stream", "pay", "0", "MKSTREAM");
        server.command("XGROUP", "CREATE", "stream", "later", "0");
        watched.awaitJobs(0, "stream/pay", "waiting");
        watched.awaitValue(0, "stream/pay", "queue_workers");
        watched.awaitNone("stream/pay", "queue_worker_heartbeat_age_seconds");

        long first = add(server);
        await().until(() -> System.currentTimeMillis() > first + 1000);
        long second = add(server);
        add(server);
        watched.awaitJobs(3, "stream/pay", "waiting");
        watched.awaitAge(first, "stream/pay", AGE);

        server.command("XREADGROUP", "GROUP", "pay", "alice", "COUNT", "1", "STREAMS", "stream", ">");
        long taken = System.currentTimeMillis();
        watched.awaitJobs(1, "stream/pay", "active");
        watched.awaitAge(second, "stream/pay", AGE);
        watched.awaitAge(first, "stream/pay", "queue_oldest_pending_job_age_seconds");
        watched.awaitAge(taken, "stream/pay", "queue_oldest_active_job_age_seconds");
        watched.awaitValue(1, "stream/pay", "queue_oldest_pending_job_deliveries");
        watched.awaitValue(1, "stream/pay", "queue_workers");
        watched.awaitAge(taken, "stream/pay", "queue_worker_heartbeat_age_seconds");
        watched.awaitJobs(3, "stream/later", "waiting");
        if (counts) {
            watched.awaitJobs(2, "stream/pay", "waiting");
            watched.awaitValue(3, "stream/pay", "queue_job_added_total");
        } else {
            watched.awaitNone("stream/pay", "queue_jobs", "state", "waiting");
        }

        server.command("XREADGROUP", "GROUP", "pay", "bob", "STREAMS", "stream", ">");
        watched.awaitJobs(0, "stream/pay", "waiting");
        watched.awaitJobs(3, "stream/pay", "active");
        watched.awaitValue(2, "stream/pay", "queue_workers");
        watched.awaitValue(0, "stream/pay", AGE);
        var items = watched.watched().value("ha_backlog_items", "name", "streams:stream/pay");
        assertThat(items).hasValue(3);
        server.command("XACK", "stream", "pay", first + "-0");
        watched.awaitJobs(2, "stream/pay", "active");
        watched.awaitAge(second, "stream/pay", "queue_oldest_pending_job_age_seconds");
        server.command("XGROUP", "DESTROY", "stream", "pay");
        watched.awaitNone("stream/pay", "queue_workers");
    }

    /** When, by the server's clock, in milliseconds. */
    private static long add(RedisServer server) {
        var id = String.valueOf(server.command("XADD", "stream", "*", "pay", "1"));
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    @Test
    void idsThatAreNoTimesAreNotTakenForSome() {
        redis.master().command("XADD", "stream:own", "1-1", "a", "b");
        redis.master().command("XADD", "stream:own", "2-1", "a", "b");
        redis.master().command("XGROUP", "CREATE", "stream:own", "g", "0");
        redis.master().command("XREADGROUP", "GROUP", "g", "alice", "COUNT", "1", "STREAMS", "stream:own", ">");
        watched.awaitJobs(1, "stream:own/g", "waiting");
        watched.awaitJobs(1, "stream:own/g", "active");
        assertThat(watched.of("stream:own/g", AGE)).isNaN();
        assertThat(watched.of("stream:own/g", "queue_oldest_pending_job_age_seconds"))
                .isNaN();
    }

    @Test
    void arrivalsAndCompletionsOfAStreamMakeRates() {
        redis.master().command("XGROUP", "CREATE", "stream:rates", "g", "0", "MKSTREAM");
        watched.awaitJobs(0, "stream:rates/g", "waiting");
        await().until(() -> {
            redis.master().command("XADD", "stream:rates", "*", "a", "b");
            return watched.watched().value("ha_backlog_arrival_rate", "name", "streams:stream:rates/g").stream()
                    .anyMatch(rate -> rate > 0);
        });
        assertThat(watched.watched().value("ha_backlog_completion_rate", "name", "streams:stream:rates/g"))
                .hasValue(0);
    }

    @Test
    void inRedisClusterEachQueueIsOnOneOfTheServers() {
        try (var cluster = RedisCluster.start(0);
                var watched = WatchedQueues.of(cluster.servers().toArray(RedisServer[]::new))) {
            assertThat(push(cluster, "plain:a", "left", "plain"))
                    .as("servers that have one of them")
                    .hasSizeGreaterThan(1);
            watched.awaitJobs(1, "plain", "waiting");
            watched.awaitJobs(1, "plain:a", "waiting");
            watched.awaitJobs(1, "left", "waiting");
            await().untilAsserted(() -> {
                for (var server : List.of("redis-1", "redis-2", "redis-3")) {
                    assertThat(watched.watched().is(1, "queue_up", "node", server))
                            .isTrue();
                    var notes = watched.notes(server);
                    assertThat(notes).noneMatch(note -> note.contains("MOVED"));
                }
            });
        }
    }

    /** The servers that took them. */
    private static Set<Integer> push(RedisCluster cluster, String... keys) {
        var took = new HashSet<Integer>();
        for (var key : keys) {
            for (var server : cluster.servers()) {
                try {
                    server.command("LPUSH", key, "x");
                    took.add(server.port());
                } catch (LabException e) {
                    assertThat(e).hasMessageContaining("MOVED");
                }
            }
        }
        return took;
    }

    @Test
    void keysOfAnotherTypeAndGarbageAreNotedAndTheOthersGoOn() {
        var server = redis.master();
        server.command("SET", "plain", "no list");
        server.command("LPUSH", "seconds", "no sorted set");
        server.command("SADD", "stream", "no stream");
        server.command("SADD", "stream:x", "no stream");
        server.command("SET", "queues", "no set of Sidekiq's");
        server.command("SET", "rq:queues", "no set of RQ's");
        server.command("SET", "_kombu.binding.x", "no set of Celery's");
        server.command("LPUSH", "timed", "{\"meta\": [");
        server.command("LPUSH", "left", "{\"at\": \"Tuesday\"}");
        server.command("LPUSH", "timed:large", "x".repeat(5 * 1024 * 1024));
        server.command("LPUSH", "plain:fine", "x");
        watched.awaitJobs(1, "plain:fine", "waiting");
        watched.awaitJobs(1, "timed", "waiting");
        watched.awaitJobs(1, "timed:large", "waiting");
        await().untilAsserted(() -> assertThat(watched.notes("redis-1"))
                .anyMatch(note -> note.startsWith("lists:plain: WRONGTYPE"))
                .anyMatch(note -> note.startsWith("schedulers:seconds: WRONGTYPE"))
                .anyMatch(note -> note.startsWith("lists:timed: no age"))
                .anyMatch(note -> note.startsWith("lists:timed:large: no age"))
                .anyMatch(note -> note.startsWith("lists:left: no age")));
        for (var queue : List.of("plain", "seconds", "stream", "stream:x")) {
            watched.awaitNone(queue, "queue_jobs", "state", "waiting");
        }
        for (var queue : List.of("timed", "timed:large", "left")) {
            assertThat(watched.of(queue, AGE)).as(queue).isNaN();
        }
        assertThat(watched.watched().is(1, "queue_up")).isTrue();
    }
}
