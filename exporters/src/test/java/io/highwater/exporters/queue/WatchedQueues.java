// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Secret;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.redis.Address;
import io.highwater.exporters.client.redis.RedisServers;
import io.highwater.exporters.queue.QueuesSettings.Elements;
import io.highwater.exporters.queue.QueuesSettings.End;
import io.highwater.exporters.queue.QueuesSettings.Scheduler;
import io.highwater.exporters.queue.QueuesSettings.Stream;
import io.highwater.exporters.queue.QueuesSettings.Unit;
import io.highwater.lab.RedisServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Queues of every layout in servers of the lab, watched together. */
final class WatchedQueues implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofMillis(200);

    /** A page is this much behind at most, on a machine with other work. */
    private static final double LATE = 2;

    private final Watched watched;

    private WatchedQueues(Watched watched) {
        this.watched = watched;
    }

    /** All layouts; keys that begin with plain, timed, left, stream, or seconds and millis are queues by themselves. */
    static WatchedQueues of(RedisServer... servers) {
        return of(settings(Optional.empty(), servers));
    }

    static WatchedQueues of(QueuesSettings settings) {
        return new WatchedQueues(Watched.by(new QueuesExporter(), "jobs", settings, INTERVAL));
    }

    static QueuesSettings settings(Optional<String> user, RedisServer... servers) {
        var nodes = new LinkedHashMap<String, Address>();
        for (int i = 0; i < servers.length; i++) {
            nodes.put("redis-" + (i + 1), new Address(servers[i].address()));
        }
        var password = user.map(_ -> new Secret("test", () -> "PASSWORD"));
        var all = List.of("*");
        return new QueuesSettings(
                Optional.of(new RedisServers(nodes, user, password, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new QueuesSettings.Bull(List.of("bull"), all)),
                Optional.of(new QueuesSettings.Celery(
                        List.of(""), all, List.of(0, 3, 6, 9), "\u0006\u0016", Optional.of("headers.sent_at"))),
                Optional.of(new QueuesSettings.Rq(List.of("rq"), all)),
                Optional.of(new QueuesSettings.Sidekiq(List.of("", "shop"), all)),
                List.of(
                        new Elements(List.of("plain", "plain:*"), End.RIGHT, Optional.empty()),
                        new Elements(List.of("timed", "timed:*"), End.RIGHT, Optional.of("meta.at")),
                        new Elements(List.of("left"), End.LEFT, Optional.of("at"))),
                List.of(new Stream(List.of("stream", "stream:*"), List.of("*"))),
                List.of(
                        new Scheduler(List.of("seconds"), Unit.SECONDS),
                        new Scheduler(List.of("millis*"), Unit.MILLISECONDS)),
                Map.of(),
                List.of("*ignored*"),
                1000);
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
        return watched.value(family, all).orElse(Double.NaN);
    }

    /** Returns when the family of the queue has the value. */
    void awaitValue(double value, String queue, String family, String... labels) {
        await().untilAsserted(() ->
                assertThat(of(queue, family, labels)).as(queue + " " + family).isEqualTo(value));
    }

    /** Returns when there are as many jobs in the state. */
    void awaitJobs(long jobs, String queue, String state) {
        awaitValue((double) jobs, queue, "queue_jobs", "state", state);
    }

    /** Returns when the age is that since a moment, in milliseconds since 1970. */
    void awaitAge(long since, String queue, String family) {
        await().untilAsserted(() -> {
            double age = (System.currentTimeMillis() - since) / 1000.0;
            assertThat(of(queue, family)).as(queue + " " + family).isBetween(age - LATE, age + 0.2);
        });
    }

    void awaitNone(String queue, String family, String... labels) {
        await().untilAsserted(() -> assertThat(of(queue, family, labels)).isNaN());
    }

    /** What was left out of the newest collection of a server, and why. */
    List<String> notes(String server) {
        return watched.outcome(server, QueueSession.PULSE).stream()
                .flatMap(outcome -> outcome instanceof Outcome.Collected(List<String> notes) ? notes.stream() : null)
                .toList();
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() {
        watched.close();
    }
}
