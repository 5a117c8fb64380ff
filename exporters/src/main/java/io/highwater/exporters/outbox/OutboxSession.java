// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.postgres.PolledTables;
import io.highwater.exporters.client.postgres.PostgresLink;
import java.util.List;
import java.util.stream.Stream;

/** One server with tables of work. */
final class OutboxSession implements Session {

    private final PolledTables<WorkTable, Numbers> tables;

    OutboxSession(Target target, OutboxSettings settings) {
        this.tables = new PolledTables<>(
                new PostgresLink(settings.servers(), target.node()),
                target.node(),
                settings.postgres().nodes().size() == 1,
                settings.postgres().user(),
                tables(settings));
    }

    private static List<WorkTable> tables(OutboxSettings settings) {
        Stream<WorkTable> outboxes =
                settings.tables().entrySet().stream().map(of -> new OutboxQuery(of.getKey(), of.getValue()));
        Stream<WorkTable> claims =
                settings.claims().entrySet().stream().map(of -> new ClaimQuery(of.getKey(), of.getValue()));
        return Stream.concat(outboxes, claims).toList();
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        return spec.name().equals(OutboxExporter.STATE)
                ? tables.quick(schedule, (server, readings, out) -> out.fact(new ServerState(server, readings)))
                : tables.apart(schedule, (_, readings, out) -> out.fact(new ServerState.Apart(readings)));
    }

    @Override
    public void close() {
        tables.close();
    }
}
