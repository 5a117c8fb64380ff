// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A client that adds numbers to a set of a Redis master at a steady pace and remembers which ones were acknowledged: the
 * truth that lag and loss are compared with. As clients of Sentinel do, it asks where the master is only when something
 * fails; without Sentinels it writes to {@link RedisSet#master} until then.
 *
 * <p>Thread-safe. It goes on until it is closed.
 */
public final class RedisWriter implements AutoCloseable {

    /** A number whose addition the server acknowledged at this time. */
    public record Entry(long id, Instant acknowledged) {}

    private static final AtomicInteger WRITERS = new AtomicInteger();
    private static final int TIMEOUT_MILLIS = 500;
    private static final Duration RECONNECT = Duration.ofMillis(50);

    private final String key = "written-by-" + WRITERS.incrementAndGet();
    private final RedisSet set;
    private final int perSecond;
    private final List<Entry> acknowledged = new ArrayList<>();
    private final Background background;
    private long lastId; // of the writing thread alone
    private long failures;

    private RedisWriter(RedisSet set, int perSecond) {
        this.set = set;
        this.perSecond = perSecond;
        this.background = Background.repeating("redis-writer", this::writeUntilFailure);
    }

    /** Begins to write. */
    public static RedisWriter start(RedisSet set, int perSecond) {
        return new RedisWriter(set, perSecond);
    }

    /** In the order of writing. */
    public synchronized List<Entry> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Attempts that failed. Whether the number of such an attempt was added is unknown. */
    public synchronized long failures() {
        return failures;
    }

    /** Acknowledged numbers that a server does not have: on a replica what is exposed, on a new master what is lost. */
    public List<Entry> missingOn(RedisServer reader) {
        var entries = acknowledged();
        var there = new HashSet<Object>((List<?>) Objects.requireNonNull(reader.command("SMEMBERS", key)));
        return entries.stream()
                .filter(entry -> !there.contains(Long.toString(entry.id())))
                .toList();
    }

    /** The age of the oldest acknowledged number that a replica does not have; empty when it has all. */
    public Optional<Duration> exposure(RedisServer replica) {
        var now = Instant.now();
        return missingOn(replica).stream()
                .findFirst()
                .map(entry -> Duration.between(entry.acknowledged(), now))
                .filter(Duration::isPositive);
    }

    private void writeUntilFailure() throws InterruptedException {
        try (var connection = set.whereClientsWrite().process().connection(TIMEOUT_MILLIS)) {
            for (var pace = new Pace(perSecond); ; pace.awaitNext()) {
                RedisReplies.ask(connection, "SADD", key, Long.toString(++lastId));
                succeeded(lastId);
            }
        } catch (JedisException | LabException e) {
            failed();
            Thread.sleep(RECONNECT);
        }
    }

    private synchronized void succeeded(long id) {
        acknowledged.add(new Entry(id, Instant.now()));
    }

    private synchronized void failed() {
        failures++;
    }

    @Override
    public void close() {
        background.close();
    }
}
