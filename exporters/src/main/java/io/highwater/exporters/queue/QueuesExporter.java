// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import com.google.auto.service.AutoService;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/** Queues in Redis that are not BullMQ's: Bull, Celery, RQ, Sidekiq, and lists, streams and sorted sets of one's own. */
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
        return BullMqExporter.COLLECTORS;
    }

    @Override
    public List<Family> derivedFamilies() {
        return FAMILIES.all();
    }

    @Override
    public Collection<String> nodes(QueuesSettings settings) {
        return settings.redis().nodes().keySet();
    }

    @Override
    public Session open(Target target, QueuesSettings settings) {
        var layouts = layouts(settings);
        var filter = new Discovery.Filter(List.of("*"), settings.ignore(), settings.maxQueues());
        var discovery = new Discovery(layouts, filter);
        boolean alone = settings.redis().nodes().size() == 1;
        var queues = new QueueServer(target.node(), layouts, discovery, alone, DEEPEST);
        return new QueueSession(target.node(), settings.redis().link(target.node()), queues, discovery);
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
