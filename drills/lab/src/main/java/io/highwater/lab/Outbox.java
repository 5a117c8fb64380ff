// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * A transactional outbox on a real server: a table of events, what is written to it, and the truth about it, as the
 * clients know it that write and process. Its workers are {@link OutboxWorker}s.
 *
 * <p>Thread-safe. An event is pending until its {@code processed_at} is set, and dead after {@value #MOST_ATTEMPTS}
 * attempts.
 */
public final class Outbox implements AutoCloseable {

    /** After so many an event is dead. */
    public static final int MOST_ATTEMPTS = 3;

    private final String table;
    private final Set<Long> processed = new HashSet<>();
    private PostgresServer server;
    private volatile long history;
    private long written;
    private long failures;
    private boolean producing;
    private boolean busy;
    private Background producer = Background.NOTHING;

    private Outbox(PostgresServer server, String table) {
        this.server = server;
        this.table = table;
    }

    /**
     * Makes the table when it is not there, without an index that finds what is pending.
     *
     * @param table a lower-case name, with its schema or without
     */
    public static Outbox create(PostgresServer server, String table) {
        server.execute("""
            CREATE TABLE IF NOT EXISTS %s (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                team text NOT NULL,
                payload text NOT NULL,
                created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                not_before timestamptz,
                attempts int NOT NULL DEFAULT 0,
                processed_at timestamptz)
            """.formatted(table));
        return new Outbox(server, table);
    }

    /** The partial index that finds what is pending, oldest first. */
    public Outbox withIndex() {
        server().execute("CREATE INDEX ON " + table + " (created_at) WHERE processed_at IS NULL");
        return this;
    }

    /** So many events that were processed long ago: what is usually in such a table. */
    public Outbox withHistory(int events) {
        server().execute(
                        ("INSERT INTO %s (team, payload, created_at, processed_at) SELECT 'team-' || i %% 100, 'history',"
                                        + " now() - interval '1 day' - i * interval '1 ms', now() - interval '1 day'"
                                        + " FROM generate_series(1, %d) AS i")
                                .formatted(table, events));
        server().execute("VACUUM ANALYZE " + table);
        count(events);
        history = events;
        return this;
    }

    /** Writes events in one transaction. */
    public void write(String team, int events) {
        insert(team, "work", events, "NULL");
    }

    /** Writes events that may not be processed for some seconds. */
    public void schedule(String team, int events, int seconds) {
        insert(team, "work", events, "now() + interval '" + seconds + " s'");
    }

    /** Writes an event at which every attempt fails. */
    public void poison(String team) {
        insert(team, OutboxWorker.POISON, 1, "NULL");
    }

    private void insert(String team, String payload, int events, String notBefore) {
        server().execute("INSERT INTO %s (team, payload, not_before) SELECT '%s', '%s', %s FROM generate_series(1, %d)"
                .formatted(table, team, payload, notBefore, events));
        count(events);
    }

    /** Begins to write one event a transaction, over one connection, until it is told to stop. */
    public void produce(int perSecond) {
        stopProducing();
        synchronized (this) {
            producing = true;
            producer = Background.repeating("producer-" + table, () -> produceTo(server(), perSecond));
        }
    }

    /** Returns when no event is under way. */
    public void stopProducing() {
        Background running;
        synchronized (this) {
            producing = false;
            awaitIdle();
            running = producer;
            producer = Background.NOTHING;
        }
        running.close();
    }

    private void produceTo(PostgresServer target, int perSecond) throws InterruptedException {
        try (var connection = target.connection();
                var insert = connection.prepareStatement(
                        "INSERT INTO " + table + " (team, payload) VALUES ('team-' || ?, 'work')")) {
            for (var pace = new Pace(perSecond); begin(target); pace.awaitNext()) {
                insert.setLong(1, written() % 10);
                insert.executeUpdate();
                count(1);
                ended();
            }
        } catch (SQLException e) {
            attemptEnded();
            Thread.sleep(50);
        }
    }

    private synchronized boolean begin(PostgresServer target) {
        busy = producing && target == server;
        return busy;
    }

    private synchronized void ended() {
        busy = false;
        notifyAll();
    }

    /** A connection that ends, or does not begin, between two attempts is no failure of either. */
    private synchronized void attemptEnded() {
        failures += busy ? 1 : 0;
        ended();
    }

    private synchronized void awaitIdle() {
        try {
            while (busy) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while stopping the producer of " + table, e);
        }
    }

    /** Writes to, and has workers on, another server from now on, as clients do after a failover. */
    public synchronized void target(PostgresServer newServer) {
        server = newServer;
    }

    /** Events whose writing was acknowledged. */
    public synchronized long written() {
        return written;
    }

    /** Events whose processing was acknowledged. */
    public synchronized long processed() {
        return history + processed.size();
    }

    /** Attempts of clients that failed, with an unknown end. */
    public synchronized long failures() {
        return failures;
    }

    public String table() {
        return table;
    }

    synchronized PostgresServer server() {
        return server;
    }

    private synchronized void count(int events) {
        written += events;
    }

    synchronized void processed(Set<Long> ids) {
        processed.addAll(ids);
    }

    synchronized void failed() {
        failures++;
    }

    /** Stops producing; the table stays. */
    @Override
    public void close() {
        stopProducing();
    }
}
