// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import io.highwater.core.CollectionObserver.Skip;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of one collector of one target. */
final class SlotMeters {

    private final Slot slot;
    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer durations;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<Skip, Counter> skips = new ConcurrentHashMap<>();
    private final Map<String, Counter> dropped = new ConcurrentHashMap<>();

    SlotMeters(Slot slot, MeterRegistry registry) {
        this.slot = slot;
        this.registry = registry;
        var target = slot.target();
        this.tags = Tags.of(
                "cluster", target.cluster(),
                "component", target.component(),
                "node", target.node(),
                "collector", slot.collector());
        this.durations = Timer.builder(Meters.name(OwnFamily.DURATION))
                .description(OwnFamily.DURATION.help())
                .tags(tags)
                .register(registry);
    }

    Slot slot() {
        return slot;
    }

    void collected(Snapshot snapshot) {
        durations.record(snapshot.took());
        outcomes.computeIfAbsent(
                        snapshot.outcome().label(), outcome -> counter(OwnFamily.COLLECTIONS, "outcome", outcome))
                .increment();
        snapshot.dropped()
                .forEach((family, count) -> dropped.computeIfAbsent(
                                family.name(), name -> counter(OwnFamily.DROPPED, "family", name))
                        .increment(count));
    }

    void skipped(Skip why) {
        skips.computeIfAbsent(
                        why,
                        _ -> counter(OwnFamily.SKIPPED, "reason", why.name().toLowerCase(Locale.ROOT)))
                .increment();
    }

    /** Takes them out of the registry. */
    void remove() {
        registry.remove((Meter) durations);
        outcomes.values().forEach(registry::remove);
        skips.values().forEach(registry::remove);
        dropped.values().forEach(registry::remove);
    }

    private Counter counter(OwnFamily family, String label, String value) {
        return Counter.builder(Meters.name(family))
                .description(family.help())
                .tags(tags.and(label, value))
                .register(registry);
    }
}
