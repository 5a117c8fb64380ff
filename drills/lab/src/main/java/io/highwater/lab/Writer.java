// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client that writes rows at a steady pace, one transaction each, and remembers which ones the server acknowledged.
 * From that follows the truth that measurements are compared with: what a standby cannot read yet, what a failover lost.
 *
 * <p>Thread-safe. When the server fails it goes on with the next row, reconnecting each time, until it is closed.
 */
public final class Writer implements AutoCloseable {

    /** A row whose commit the server acknowledged at this time. */
    public record Row(long id, Instant acknowledged) {}

    private static final Duration RECONNECT = Duration.ofMillis(50);

    private final String table;
    private final int rowsPerSecond;
    private final List<Row> acknowledged = new ArrayList<>();
    private final Background background;
    private PostgresServer server;
    private long lastId; // of the writing thread alone
    private long failures;
    private boolean paused;
    private boolean busy;

    private Writer(PostgresServer server, String table, int rowsPerSecond) {
        this.server = server;
        this.table = table;
        this.rowsPerSecond = rowsPerSecond;
        this.background = Background.repeating("writer-" + table, () -> writeTo(target()));
    }

    /** Creates the table when it is not there, and begins to write. */
    public static Writer start(PostgresServer server, String table, int rowsPerSecond) {
        server.execute(
                "CREATE TABLE IF NOT EXISTS " + table + " (id bigint PRIMARY KEY, written timestamptz DEFAULT now())");
        return new Writer(server, table, rowsPerSecond);
    }

    /** Writes to another server from the next row on, as clients do after a failover. */
    public synchronized void target(PostgresServer newServer) {
        server = newServer;
    }

    /** Returns when no row is under way: what is acknowledged now is all there will be until {@link #resume}. */
    public synchronized void pause() {
        paused = true;
        try {
            while (busy) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while pausing the writer", e);
        }
    }

    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /** In the order of writing. */
    public synchronized List<Row> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Attempts to connect or to write that failed. Whether the row of such an attempt was written is unknown. */
    public synchronized long failures() {
        return failures;
    }

    /** Acknowledged rows that a server cannot read: on a standby what is exposed, on a new primary what is lost. */
    public List<Row> missingOn(PostgresServer reader) {
        var rows = acknowledged();
        var readable = ids(reader);
        return rows.stream().filter(row -> !readable.contains(row.id())).toList();
    }

    /** The age of the oldest acknowledged row that a standby cannot read; empty when it can read all. */
    public Optional<Duration> exposure(PostgresServer standby) {
        var now = Instant.now();
        return missingOn(standby).stream()
                .findFirst()
                .map(row -> Duration.between(row.acknowledged(), now))
                .filter(Duration::isPositive);
    }

    private Set<Long> ids(PostgresServer reader) {
        try (var connection = reader.connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM " + table)) {
            var ids = new HashSet<Long>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        } catch (SQLException e) {
            throw new LabException("cannot read " + table + " on " + reader.name() + ": " + e.getMessage(), e);
        }
    }

    private synchronized PostgresServer target() {
        return server;
    }

    /** Over one connection, until that fails or another server is to be written to. */
    private void writeTo(PostgresServer target) throws InterruptedException {
        try (var connection = target.connection();
                var insert = connection.prepareStatement("INSERT INTO " + table + " (id) VALUES (?)")) {
            for (var pace = new Pace(rowsPerSecond); begin(target); pace.awaitNext()) {
                insert.setLong(1, ++lastId);
                insert.executeUpdate();
                succeeded(new Row(lastId, Instant.now()));
            }
        } catch (SQLException e) {
            failed();
            Thread.sleep(RECONNECT);
        }
    }

    private synchronized boolean begin(PostgresServer target) throws InterruptedException {
        while (paused) {
            wait();
        }
        busy = target == server;
        return busy;
    }

    private synchronized void succeeded(Row row) {
        acknowledged.add(row);
        ended();
    }

    private synchronized void failed() {
        failures++;
        ended();
    }

    private synchronized void ended() {
        busy = false;
        notifyAll();
    }

    @Override
    public void close() {
        background.close();
    }
}
