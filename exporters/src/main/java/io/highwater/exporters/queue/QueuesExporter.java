// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import com.google.auto.service.AutoService;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.redis.RedisServers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * Queues that are not BullMQ's: in Redis those of Bull, Celery, RQ, Sidekiq, and lists, streams and sorted sets of one's
 * own; in Postgres tables of jobs.
 */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class QueuesExporter implements Exporter<QueuesSettings> {

    private static final String COMPONENT = "queues";

    private static final QueueFamilies FAMILIES = new QueueFamilies(COMPONENT, "layout");

    /** More are not looked at in a queue of Bull's, one by one. */
    private static final int DEEPEST = 1000;

    @Override
    public String component() {
        return COMPONENT;
    }

    @Override
    public Class<QueuesSettings> settings() {
        return QueuesSettings.class;
    }

    @Override
    public Family up() {
        return FAMILIES.up();
    }

    @Override
    public List<CollectorSpec> collectors() {
        return Stream.concat(
                        BullMqExporter.COLLECTORS.stream(),
                        Stream.of(new CollectorSpec(
                                JobTablesSession.APART,
                                "tables that are not read quickly or could not be read, each when its turn has come",
                                Schedule.of(Duration.ofSeconds(5), Duration.ofSeconds(30)),
                                true,
                                List.of())))
                .toList();
    }

    @Override
    public List<Family> derivedFamilies() {
        return FAMILIES.all();
    }

    @Override
    public Collection<String> nodes(QueuesSettings settings) {
        return settings.nodes();
    }

    @Override
    public Session open(Target target, QueuesSettings settings) {
        return settings.redis()
                .filter(servers -> servers.nodes().containsKey(target.node()))
                .<Session>map(servers -> inRedis(target.node(), settings, servers))
                .orElseGet(() ->
                        new JobTablesSession(target.node(), settings.postgres().orElseThrow(), settings));
    }

    private static Session inRedis(String node, QueuesSettings settings, RedisServers servers) {
        var layouts = layouts(settings);
        var filter = new Discovery.Filter(List.of("*"), settings.ignore(), settings.maxQueues());
        var discovery = new Discovery(layouts, filter);
        boolean alone = servers.nodes().size() == 1;
        var queues = new QueueServer(node, layouts, discovery, alone, DEEPEST);
        return new QueueSession(node, servers.link(node), queues, discovery, List.of());
    }

    static Layouts layouts(QueuesSettings settings) {
        var layouts = new HashMap<String, Layout>();
        settings.bull().ifPresent(it -> layouts.put(BullLayout.NAME, BullLayout.of(it, FAMILIES)));
        settings.celery().ifPresent(it -> layouts.put(CeleryLayout.NAME, new CeleryLayout(it)));
        settings.rq().ifPresent(it -> layouts.put(RqLayout.NAME, new RqLayout(it)));
        settings.sidekiq().ifPresent(it -> layouts.put(SidekiqLayout.NAME, new SidekiqLayout(it)));
        layouts.put(ListReader.LAYOUT, ListReader.layout(settings.lists()));
        layouts.put(StreamLayout.NAME, new StreamLayout(settings.streams()));
        layouts.put(SchedulerReader.LAYOUT, SchedulerReader.layout(settings.schedulers()));
        return new Layouts(layouts);
    }

    @Override
    public Derivation derivation(QueuesSettings settings) {
        return new QueueView(COMPONENT, FAMILIES);
    }
}
