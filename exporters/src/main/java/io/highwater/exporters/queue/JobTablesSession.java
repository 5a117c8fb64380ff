// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.exporters.client.postgres.PolledTables;
import io.highwater.exporters.client.postgres.PostgresLink;
import io.highwater.exporters.client.postgres.PostgresServers;
import java.util.stream.Stream;

/** One Postgres server with tables of jobs. */
final class JobTablesSession implements Session {

    static final String APART = "apart";

    private final JobTables jobs;
    private final PolledTables<JobQuery, JobNumbers> polled;
    private final boolean alone;

    JobTablesSession(String node, PostgresServers servers, QueuesSettings settings) {
        this.jobs = new JobTables(node, settings.tables(), settings.ignore(), settings.maxQueues());
        this.alone = servers.nodes().size() == 1;
        var link = new PostgresLink(settings.database().map(servers::in).orElse(servers), node);
        this.polled = new PolledTables<>(link, node, alone, servers.user(), jobs.queries());
    }

    /** What was read apart is told with the rest: a queue is the sum of its slices, whenever they were read. */
    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        return switch (spec.name()) {
            case QueueSession.PULSE ->
                polled.quick(schedule, (server, readings, out) -> {
                    var all = Stream.concat(readings.stream(), polled.readApart(server).stream());
                    out.fact(jobs.seen(alone || !server.inRecovery(), all.toList()));
                });
            case APART -> polled.apart(schedule, (_, _, _) -> {});
            default -> Collector.NONE;
        };
    }

    @Override
    public void close() {
        polled.close();
    }
}
