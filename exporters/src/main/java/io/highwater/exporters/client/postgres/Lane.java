// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one server, used by one collection at a time. Opened when it is needed, kept while it works, thrown
 * away at the first sign that it does not.
 */
public final class Lane implements AutoCloseable {

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work {
        void run(Connection connection) throws SQLException, InterruptedException;
    }

    /** Opens a connection whose every wait ends within the time given. */
    @FunctionalInterface
    public interface Connector {
        Connection connect(Duration timeout) throws SQLException;
    }

    private final Connector connector;
    private final Semaphore free = new Semaphore(1, true);
    private volatile @Nullable Connection connection;
    private volatile @Nullable Object holder;
    private volatile boolean closed;
    private long statementTimeoutMillis;

    public Lane(Connector connector) {
        this.connector = connector;
    }

    /**
     * Runs the work with server-side timeouts below the client's, which is below the collection's.
     *
     * @param by who works, for {@link #abort}
     * @param timeout the collection's deadline
     */
    public void use(Object by, Duration timeout, Work work) throws CollectionException, InterruptedException {
        if (!free.tryAcquire(timeout.toMillis() * 9 / 10, TimeUnit.MILLISECONDS)) {
            throw new CollectionException(
                    Reason.OVERRUN, "the connection was taken by another collection for " + timeout.toMillis() + " ms");
        }
        try {
            holder = by;
            var open = open(timeout);
            setTimeouts(open, timeout);
            work.run(open);
        } catch (SQLException e) {
            if (!PostgresErrors.leavesOut(e) && !PostgresErrors.timedOut(e)) {
                discard();
            }
            throw PostgresErrors.failure(e);
        } finally {
            if (Thread.currentThread().isInterrupted() || closed) {
                discard();
            }
            holder = null;
            free.release();
        }
    }

    /** Cuts the connection when it is this worker who holds it. */
    public void abort(Object by) {
        if (by.equals(holder)) {
            discard();
        }
    }

    private Connection open(Duration timeout) throws SQLException {
        var open = connection;
        if (open == null || open.isClosed()) {
            open = connector.connect(timeout);
            connection = open;
            statementTimeoutMillis = -1;
        }
        return open;
    }

    private void setTimeouts(Connection open, Duration timeout) throws SQLException {
        long millis = timeout.toMillis() * 8 / 10;
        if (statementTimeoutMillis != millis) {
            open.setNetworkTimeout(Runnable::run, (int) (timeout.toMillis() * 9 / 10));
            try (var statement = open.createStatement()) {
                statement.execute("SET statement_timeout = " + millis);
            }
            statementTimeoutMillis = millis;
        }
    }

    private void discard() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone either way.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        discard();
    }
}
