// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.exporters.client.postgres.Lane;
import io.highwater.exporters.client.postgres.PostgresLink;

/** One Postgres server with queues, and the one connection that is all we ever hold to it. */
final class TableSession implements Session {

    private final Lane lane;
    private final TableReader queues;

    TableSession(PostgresLink link, TableReader queues) {
        this.lane = new Lane(link);
        this.queues = queues;
    }

    /** Discovery and workers are part of the one collection here. */
    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        if (!spec.name().equals(QueueSession.PULSE)) {
            return Collector.NONE;
        }
        return new Collector() {
            @Override
            public void collect(Samples out) throws Exception {
                lane.use(this, schedule.timeout(), connection -> queues.read(connection, out));
            }

            @Override
            public void abort() {
                lane.abort(this);
            }
        };
    }

    @Override
    public void close() {
        lane.close();
    }
}
