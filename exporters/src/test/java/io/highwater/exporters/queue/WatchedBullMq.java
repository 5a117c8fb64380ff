// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Secret;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.PostgresServers;
import io.highwater.exporters.client.postgres.SslMode;
import io.highwater.exporters.client.redis.Address;
import io.highwater.exporters.client.redis.RedisServers;
import io.highwater.lab.JobQueue;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.RedisServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** BullMQ's queues in servers of the lab, watched, and compared with what BullMQ itself says and what the test knows. */
final class WatchedBullMq implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofMillis(200);

    /** A page is this much behind at most, on a machine with other work. */
    private static final double LATE = 2;

    private final Watched watched;

    private WatchedBullMq(Watched watched) {
        this.watched = watched;
    }

    static WatchedBullMq of(RedisServer... servers) {
        return of(settings(Optional.empty(), List.of("bull"), servers));
    }

    static WatchedBullMq of(BullMqSettings settings) {
        var watched = Watched.by(new BullMqExporter(), "jobs", settings, INTERVAL);
        // What happens from now on is seen.
        await().until(() -> watched.store().complete());
        return new WatchedBullMq(watched);
    }

    static BullMqSettings settings(Optional<String> user, List<String> prefixes, RedisServer... servers) {
        var nodes = new LinkedHashMap<String, Address>();
        for (var server : servers) {
            // Those of a Redis Cluster have all the same name.
            var name = nodes.containsKey(server.name()) ? "redis-" + (nodes.size() + 1) : server.name();
            nodes.put(name, new Address(server.address()));
        }
        var password = user.map(_ -> new Secret("test", () -> "PASSWORD"));
        return settings(
                Optional.of(new RedisServers(nodes, user, password, Optional.empty())), Optional.empty(), prefixes);
    }

    private static BullMqSettings settings(
            Optional<RedisServers> redis, Optional<PostgresServers> postgres, List<String> prefixes) {
        return new BullMqSettings(
                redis,
                postgres,
                Optional.empty(),
                "bullmq",
                prefixes,
                List.of("*"),
                List.of(),
                1000,
                1000,
                true,
                List.of());
    }

    /** Of one server, a minute apart; the queues that are named wake. */
    static Watched seldom(RedisServer server, Optional<String> user, String... wake) {
        var often = settings(user, List.of("bull"), server);
        var settings = new BullMqSettings(
                often.redis(),
                Optional.empty(),
                Optional.empty(),
                "bullmq",
                often.prefixes(),
                List.of("*", "given"),
                List.of(),
                1000,
                1000,
                true,
                List.of(wake));
        return Watched.by(new BullMqExporter(), "jobs", settings, Duration.ofMinutes(1));
    }

    /** As a user of that name; the first is the primary, the others are its standbys. */
    static WatchedBullMq of(String user, PostgresServer... servers) {
        var nodes = new LinkedHashMap<String, PostgresNode>();
        for (var server : servers) {
            nodes.put(server.name(), new PostgresNode("127.0.0.1:" + server.port(), PostgresNode.Replication.PHYSICAL));
        }
        var password = new Secret("test", () -> "PASSWORD");
        var postgres = new PostgresServers(
                nodes,
                user,
                Optional.of(password),
                "postgres",
                SslMode.PREFER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return of(settings(Optional.empty(), Optional.of(postgres), List.of("bull")));
    }

    Watched watched() {
        return watched;
    }

    /** The value of a family of a queue; NaN when there is none. */
    double of(String queue, String family, String... labels) {
        var all = new String[labels.length + 2];
        all[0] = "queue";
        all[1] = queue;
        System.arraycopy(labels, 0, all, 2, labels.length);
        return watched.value("bullmq_" + family, all).orElse(Double.NaN);
    }

    /** The value of a family of the queue's backlog; NaN when there is none. */
    double backlog(String queue, String family) {
        return watched.value("ha_backlog_" + family, "unit", "queue", "name", "bull:" + queue)
                .orElse(Double.NaN);
    }

    /** Returns when the family of the queue has the value. */
    void awaitValue(double value, String queue, String family, String... labels) {
        await().untilAsserted(() ->
                assertThat(of(queue, family, labels)).as(queue + " " + family).isEqualTo(value));
    }

    /** Returns when every state has as many jobs as BullMQ says. */
    void awaitCountsOf(JobQueue queue) {
        await().untilAsserted(() -> queue.counts()
                .forEach((state, count) -> assertThat(of(queue.name(), "job_count", "state", state))
                        .as(queue.name() + " " + state)
                        .isEqualTo((double) count)));
    }

    /** Returns when the age is that since a moment, in milliseconds since 1970. */
    void awaitAge(long since, String queue, String family) {
        await().untilAsserted(() -> {
            double age = (System.currentTimeMillis() - since) / 1e3;
            assertThat(of(queue, family)).as(queue + " " + family).isBetween(age - LATE, age + 0.2);
        });
    }

    void awaitNone(String queue, String family) {
        await().untilAsserted(() -> assertThat(of(queue, family)).isNaN());
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() {
        watched.close();
    }
}
