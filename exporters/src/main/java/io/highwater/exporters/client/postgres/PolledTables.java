// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tables of one server and the two connections that are all we ever hold to it: one for its role and the tables that
 * are read quickly, and one for those that are not, one of them at a time. A replica is asked for its role alone.
 *
 * @param <T> the kind of table
 * @param <N> what one reading of it finds
 */
public final class PolledTables<T extends PolledTable<N>, N> implements AutoCloseable {

    private static final String ROLE =
            "SELECT pg_is_in_recovery(), extract(epoch FROM pg_postmaster_start_time())::text";

    /**
     * Takes what a collection found.
     *
     * @param <T> the kind of table
     * @param <N> what one reading of it finds
     */
    @FunctionalInterface
    public interface Taker<T extends PolledTable<N>, N> {
        /** @param readings none while the server is not to be read */
        void take(TableReading.Server server, List<TableReading<T, N>> readings, Samples out);
    }

    private interface Aspect {
        void collect(Object by, Samples out) throws CollectionException, InterruptedException;
    }

    private final String node;
    private final boolean alone;
    private final List<T> tables;
    private final String role;
    private final Lane quick;
    private final Lane apart;
    private final ChannelWake wake;
    private volatile List<TableReader<T, N>> readers = List.of();
    private volatile Optional<TableReading.Server> readable = Optional.empty();

    /**
     * @param alone whether this is the one server that is configured: then it is read whatever it is
     * @param role as which the connection logs in, for what is said of missing rights
     */
    public PolledTables(PostgresLink link, String node, boolean alone, String role, List<T> tables) {
        this.node = node;
        this.alone = alone;
        this.tables = List.copyOf(tables);
        this.role = role;
        this.quick = new Lane(link);
        this.apart = new Lane(link);
        this.wake = new ChannelWake(apart);
    }

    /** Reads the server's role and, unless that is a replica's, every table whose reading is quick. To be opened once. */
    public Collector quick(Schedule schedule, Taker<T, N> taker) {
        readers = tables.stream()
                .map(table -> new TableReader<>(table, role, schedule.interval()))
                .toList();
        return collector(quick, (by, out) -> {
            var server = readQuick(by, schedule.timeout());
            take(taker, server, reader -> !reader.isApart(), out);
            listen(server, out);
        });
    }

    /** For rows that come to tables that lie idle: there is nothing to listen to on a standby. */
    private void listen(TableReading.Server server, Samples out) {
        var idle = new HashSet<String>();
        var busy = new HashSet<String>();
        for (var reading : server.inRecovery() ? List.<TableReading<T, N>>of() : last(server, _ -> true)) {
            var channels = reading.numbers().filter(reading.table()::isIdle).isPresent() ? idle : busy;
            reading.table().wake().ifPresent(channels::add);
        }
        idle.removeAll(busy);
        wake.arm(idle);
        if (!wake.problem().isEmpty()) {
            out.note("wake: " + wake.problem());
        }
    }

    /** Reads one of the other tables at most, the one whose turn it is; what they gave before stays until it expires. */
    public Collector apart(Schedule schedule, Taker<T, N> taker) {
        return collector(apart, (by, out) -> {
            var server = readable.orElse(null);
            if (server == null) {
                readers.stream().filter(TableReader::isApart).forEach(TableReader::forget);
                return;
            }
            readApart(by, schedule.timeout(), server);
            take(taker, server, TableReader::isApart, out);
        });
    }

    private Collector collector(Lane lane, Aspect aspect) {
        return new Collector() {
            @Override
            public void collect(Samples out) throws CollectionException, InterruptedException {
                aspect.collect(this, out);
            }

            @Override
            public void onChange(Runnable collectSoon) {
                if (lane.equals(quick)) {
                    wake.onChange(collectSoon);
                }
            }

            @Override
            public void abort() {
                lane.abort(this);
            }
        };
    }

    private void take(Taker<T, N> taker, TableReading.Server server, Predicate<TableReader<T, N>> which, Samples out) {
        var readings = last(server, which);
        readings.stream()
                .map(TableReading::note)
                .filter(note -> !note.isEmpty())
                .forEach(out::note);
        taker.take(server, readings, out);
    }

    /** What the tables that are read apart gave last, and may still be shown. */
    public List<TableReading<T, N>> readApart(TableReading.Server server) {
        long now = System.nanoTime();
        return last(server, TableReader::isApart).stream()
                .filter(reading -> reading.expiresNanos() - now > 0)
                .toList();
    }

    private List<TableReading<T, N>> last(TableReading.Server server, Predicate<TableReader<T, N>> which) {
        return readable.map(_ -> readers.stream()
                        .filter(which)
                        .flatMap(reader -> reader.last(server).stream())
                        .toList())
                .orElse(List.of());
    }

    private TableReading.Server readQuick(Object by, Duration timeout)
            throws CollectionException, InterruptedException {
        var server = new TableReading.Server[1];
        try {
            quick.use(by, timeout, connection -> server[0] = readQuick(connection, timeout));
            return server[0];
        } finally {
            if (server[0] == null) {
                readable = Optional.empty();
            }
        }
    }

    private TableReading.Server readQuick(Connection connection, Duration timeout) throws SQLException {
        var server = server(connection);
        boolean reads = alone || !server.inRecovery();
        readable = Optional.of(server).filter(_ -> reads);
        if (reads) {
            for (var reader : readers.stream().filter(one -> !one.isApart()).toList()) {
                reader.read(connection, server, timeout);
            }
        }
        return server;
    }

    private TableReading.Server server(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(ROLE)) {
            row.next();
            return new TableReading.Server(node, row.getBoolean(1), row.getString(2));
        }
    }

    private void readApart(Object by, Duration timeout, TableReading.Server server)
            throws CollectionException, InterruptedException {
        long now = System.nanoTime();
        var due = readers.stream()
                .filter(reader -> reader.isApart() && reader.dueNanos() - now <= 0)
                .min(Comparator.comparingLong(reader -> reader.dueNanos() - now));
        if (due.isPresent()) {
            apart.use(by, timeout, connection -> due.get().read(connection, server, timeout));
        }
    }

    @Override
    public void close() {
        wake.close();
        quick.close();
        apart.close();
    }
}
