// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Wakes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Listens on the channels of tables that lie idle, which the application notifies when it writes a row. It has no
 * connection of its own; it waits half a second at a time, without a statement, and lets others have theirs in between.
 * What is notified meanwhile the server keeps.
 */
final class ChannelWake implements AutoCloseable {

    private static final int MILLIS = 500;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Lane lane;
    private final Wakes wakes = new Wakes();
    private final Set<String> listening = new HashSet<>();
    private volatile Runnable collectSoon = () -> {};
    private volatile String problem = "";
    private @Nullable Thread thread;
    private @Nullable Connection heard;

    ChannelWake(Lane lane) {
        this.lane = lane;
    }

    void onChange(Runnable soon) {
        collectSoon = soon;
    }

    /** @param idle the channels of tables in which nothing was to be done */
    synchronized void arm(Set<String> idle) {
        wakes.arm(idle);
        if (thread == null && !idle.isEmpty()) {
            thread = Thread.ofVirtual().name("channel-wake").start(this::run);
        }
        notifyAll();
    }

    /** Why it does not hear anything; empty when it does. */
    String problem() {
        return problem;
    }

    private void run() {
        try {
            while (true) {
                awaitWork();
                try {
                    lane.use(this, LIMIT, this::listen);
                    problem = "";
                } catch (CollectionException e) {
                    // Others may need the connection for longer than we wait for it.
                    problem = e.reason() == Reason.OVERRUN ? "" : String.valueOf(e.getMessage());
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            // Closed: the end of this thread.
        }
    }

    private synchronized void awaitWork() throws InterruptedException {
        while (wakes.armed().isEmpty() && listening.isEmpty()) {
            wait();
        }
    }

    private void listen(Connection connection) throws SQLException {
        if (subscribe(connection, wakes.armed())) {
            // A row may have come after the table was read and before we listened.
            collectSoon.run();
        }
        var notifications = connection.unwrap(PGConnection.class).getNotifications(MILLIS);
        boolean first = false;
        for (int i = 0; notifications != null && i < notifications.length; i++) {
            first |= wakes.happened(notifications[i].getName());
        }
        if (first) {
            collectSoon.run();
        }
    }

    /** Whether there are channels that were not listened to before, on this connection. */
    @SuppressWarnings("ReferenceEquality") // Another connection listens to nothing.
    private synchronized boolean subscribe(Connection connection, Set<String> armed) throws SQLException {
        if (connection != heard) {
            listening.clear();
            heard = connection;
        }
        boolean fresh = false;
        try (var statement = connection.createStatement()) {
            for (var channel : Set.copyOf(listening)) {
                if (!armed.contains(channel)) {
                    statement.execute("UNLISTEN " + TableName.quoted(channel));
                    listening.remove(channel);
                }
            }
            for (var channel : armed) {
                if (!listening.contains(channel)) {
                    statement.execute("LISTEN " + TableName.quoted(channel));
                    fresh |= listening.add(channel);
                }
            }
        }
        return fresh;
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
