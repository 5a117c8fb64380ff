// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.postgres.Lane;
import io.highwater.exporters.client.postgres.PostgresLink;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One server and the two connections that are all we ever hold to it: one for its role and the tables that are read
 * quickly, and one for those that are not, one of them at a time. A replica is asked for its role alone.
 */
final class OutboxSession implements Session {

    private static final String ROLE =
            "SELECT pg_is_in_recovery(), extract(epoch FROM pg_postmaster_start_time())::text";

    /** One of the two collectors. */
    private interface Aspect {
        void collect(Collector by, Samples out) throws Exception;
    }

    private final Target target;
    private final OutboxSettings settings;
    private final Lane quick;
    private final Lane apart;
    private volatile List<TableReader> tables = List.of();
    private volatile Optional<TableReading.Server> readable = Optional.empty();

    OutboxSession(Target target, OutboxSettings settings) {
        this.target = target;
        this.settings = settings;
        var link = new PostgresLink(settings.servers(), target.node());
        this.quick = new Lane(link);
        this.apart = new Lane(link);
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        if (spec.name().equals(OutboxExporter.STATE)) {
            tables = readers(schedule.interval());
            return collector(quick, (by, out) -> readQuick(by, schedule.timeout(), out));
        }
        return collector(apart, (by, out) -> readApart(by, schedule.timeout(), out));
    }

    private List<TableReader> readers(Duration interval) {
        Stream<WorkTable> outboxes =
                settings.tables().entrySet().stream().map(of -> new OutboxQuery(of.getKey(), of.getValue()));
        Stream<WorkTable> claims =
                settings.claims().entrySet().stream().map(of -> new ClaimQuery(of.getKey(), of.getValue()));
        var role = settings.postgres().user();
        return Stream.concat(outboxes, claims)
                .map(table -> new TableReader(table, role, interval))
                .toList();
    }

    private static Collector collector(Lane lane, Aspect aspect) {
        return new Collector() {
            @Override
            public void collect(Samples out) throws Exception {
                aspect.collect(this, out);
            }

            @Override
            public void abort() {
                lane.abort(this);
            }
        };
    }

    private void readQuick(Collector by, Duration timeout, Samples out) throws Exception {
        boolean done = false;
        try {
            quick.use(by, timeout, connection -> readQuick(connection, timeout, out));
            done = true;
        } finally {
            if (!done) {
                readable = Optional.empty();
            }
        }
    }

    private void readQuick(Connection connection, Duration timeout, Samples out) throws SQLException {
        var server = server(connection);
        boolean reads = !server.inRecovery() || settings.postgres().nodes().size() == 1;
        readable = Optional.of(server).filter(_ -> reads);
        var readings = new ArrayList<TableReading>();
        if (reads) {
            for (var table : tables.stream().filter(one -> !one.isApart()).toList()) {
                table.read(connection, server, timeout);
                if (!table.isApart()) {
                    table.last(server).ifPresent(readings::add);
                }
            }
        }
        tell(readings, out);
        out.fact(new ServerState(server, readings));
    }

    private TableReading.Server server(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(ROLE)) {
            row.next();
            return new TableReading.Server(target.node(), row.getBoolean(1), row.getString(2));
        }
    }

    /** One table at most, whose turn it is; what the others gave before stays until it expires. */
    private void readApart(Collector by, Duration timeout, Samples out) throws Exception {
        var server = readable.orElse(null);
        if (server == null) {
            tables.stream().filter(TableReader::isApart).forEach(TableReader::forget);
            return;
        }
        long now = System.nanoTime();
        var due = tables.stream()
                .filter(table -> table.isApart() && table.dueNanos() - now <= 0)
                .min(Comparator.comparingLong(table -> table.dueNanos() - now));
        if (due.isPresent()) {
            apart.use(by, timeout, connection -> due.get().read(connection, server, timeout));
        }
        var readings = tables.stream()
                .filter(TableReader::isApart)
                .flatMap(table -> table.last(server).stream())
                .toList();
        tell(readings, out);
        out.fact(new ServerState.Apart(readings));
    }

    private static void tell(List<TableReading> readings, Samples out) {
        readings.stream()
                .map(TableReading::note)
                .filter(note -> !note.isEmpty())
                .forEach(out::note);
    }

    @Override
    public void close() {
        quick.close();
        apart.close();
    }
}
