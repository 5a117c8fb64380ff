// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that takes pending events of an {@link Outbox} with {@code FOR UPDATE SKIP LOCKED} and marks them as
 * processed in the same transaction, oldest first, until it is closed.
 *
 * <p>Thread-safe. When the server fails it goes on with a new connection.
 */
public final class OutboxWorker implements AutoCloseable {

    static final String POISON = "poison";

    private static final int BATCH = 5;
    private static final Duration REST = Duration.ofMillis(20);

    private enum Mode {
        WORKING,
        PAUSED,
        HOLDING,
        KILLED
    }

    private final Outbox outbox;
    private final Duration effort;
    private final Background background;
    private @Nullable Connection connection;
    private Mode mode = Mode.WORKING;
    private boolean holds;
    private boolean busy;

    private OutboxWorker(Outbox outbox, Duration effort) {
        this.outbox = outbox;
        this.effort = effort;
        this.background = Background.repeating("worker-" + outbox.table(), this::work);
    }

    /** Begins to work, as fast as the server allows. */
    public static OutboxWorker start(Outbox outbox) {
        return start(outbox, Duration.ZERO);
    }

    /**
     * Begins to work.
     *
     * @param effort how long it has the rows of a batch, which are five at most, before they are processed
     */
    public static OutboxWorker start(Outbox outbox, Duration effort) {
        return new OutboxWorker(outbox, effort);
    }

    /** It takes no more; what it has taken it still processes. */
    public synchronized void pause() {
        mode = Mode.PAUSED;
    }

    /** It takes one more batch and stops in the middle, with the rows locked. Returns when it has. */
    public synchronized void hold() throws InterruptedException {
        mode = Mode.HOLDING;
        notifyAll();
        while (!holds) {
            wait();
        }
    }

    public synchronized void resume() {
        mode = Mode.WORKING;
        notifyAll();
    }

    /** A crash: its connection is cut, in the middle of a transaction when it {@link #hold}s one. It never comes back. */
    public void kill() throws SQLException {
        Connection open;
        synchronized (this) {
            mode = Mode.KILLED;
            busy = false;
            open = connection;
            notifyAll();
        }
        if (open != null) {
            open.abort(Runnable::run);
        }
        background.close();
    }

    private void work() throws InterruptedException {
        awaitWork();
        var target = outbox.server();
        try (var open = target.connection()) {
            open.setAutoCommit(false);
            use(open);
            while (target.equals(outbox.server())) {
                awaitWork();
                if (!takeBatch(open)) {
                    Thread.sleep(REST);
                }
            }
        } catch (SQLException e) {
            outbox.failed();
            Thread.sleep(REST);
        } finally {
            use(null);
        }
    }

    /** Whether there was anything to do. */
    private boolean takeBatch(Connection open) throws SQLException, InterruptedException {
        var done = new HashSet<Long>();
        var failed = new HashSet<Long>();
        try (var select = open.createStatement();
                var rows = select.executeQuery("SELECT id, payload FROM " + outbox.table()
                        + " WHERE processed_at IS NULL AND attempts < " + Outbox.MOST_ATTEMPTS
                        + " AND (not_before IS NULL OR not_before <= now())"
                        + " ORDER BY created_at LIMIT " + BATCH + " FOR UPDATE SKIP LOCKED")) {
            while (rows.next()) {
                (rows.getString(2).equals(POISON) ? failed : done).add(rows.getLong(1));
            }
        }
        if (!done.isEmpty() || !failed.isEmpty()) {
            Thread.sleep(effort);
            awaitEndOfHold();
        }
        update(open, "processed_at = clock_timestamp()", done);
        update(open, "attempts = attempts + 1", failed);
        open.commit();
        outbox.processed(done);
        return !done.isEmpty() || !failed.isEmpty();
    }

    private void update(Connection open, String change, Set<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            try (var update =
                    open.prepareStatement("UPDATE " + outbox.table() + " SET " + change + " WHERE id = ANY (?)")) {
                update.setArray(1, open.createArrayOf("bigint", ids.toArray()));
                update.executeUpdate();
            }
        }
    }

    private synchronized void use(@Nullable Connection open) {
        connection = open;
    }

    private synchronized void awaitWork() throws InterruptedException {
        busy = false;
        notifyAll();
        while (mode == Mode.PAUSED || mode == Mode.KILLED) {
            wait();
        }
        busy = true;
    }

    private synchronized void awaitEndOfHold() throws InterruptedException {
        holds = mode == Mode.HOLDING;
        notifyAll();
        while (mode == Mode.HOLDING || mode == Mode.KILLED) {
            wait();
        }
        holds = false;
    }

    /** Returns when no batch is under way, but for one that it {@link #hold}s, which is rolled back. */
    @Override
    public void close() {
        synchronized (this) {
            try {
                if (!holds) {
                    mode = Mode.PAUSED;
                }
                while (busy && !holds) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        background.close();
    }
}
