// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.postgres.Lane;
import io.highwater.exporters.client.postgres.PostgresLink;

/**
 * One server and the two connections that are all we ever hold to it: one for the pulse alone, which nothing else can
 * delay, and one that the other collectors take in turns.
 */
final class PostgresSession implements Session {

    private final Target target;
    private final PostgresSettings settings;
    private final Lane pulse;
    private final Lane others;

    PostgresSession(Target target, PostgresSettings settings) {
        this.target = target;
        this.settings = settings;
        var link = new PostgresLink(settings.servers(), target.node());
        this.pulse = new Lane(link);
        this.others = new Lane(link);
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        var reader = PostgresExporter.reader(spec.name(), target.node(), settings);
        if (reader.equals(Reader.NOTHING)) {
            return Collector.NONE;
        }
        var lane = spec.name().equals(ReplicationReader.NAME) ? pulse : others;
        return new Collector() {
            @Override
            public void collect(Samples out) throws Exception {
                lane.use(this, schedule.timeout(), connection -> reader.read(connection, out));
            }

            @Override
            public void abort() {
                lane.abort(this);
            }
        };
    }

    @Override
    public void close() {
        pulse.close();
        others.close();
    }
}
