// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.redis.Lane;

/**
 * One server or Sentinel and the two connections that are all we ever hold to it: one for the pulse alone, which nothing
 * else can delay, and one that the other collectors take in turns.
 */
final class RedisSession implements Session {

    private final String node;
    private final RedisSettings settings;
    private final Lane pulse;
    private final Lane others;

    RedisSession(Target target, RedisSettings settings) {
        this.node = target.node();
        this.settings = settings;
        this.pulse = new Lane(settings.link(node));
        this.others = new Lane(settings.link(node));
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        var reader = RedisExporter.reader(spec.name(), node, settings);
        if (reader.equals(Reader.NOTHING)) {
            return Collector.NONE;
        }
        var lane = spec.name().equals(RedisExporter.PULSE) ? pulse : others;
        return new Collector() {
            @Override
            public void collect(Samples out) throws Exception {
                lane.use(this, schedule.timeout(), server -> reader.read(server, out));
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
