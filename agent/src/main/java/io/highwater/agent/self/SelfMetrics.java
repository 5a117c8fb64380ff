// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import io.highwater.core.CollectionObserver;
import io.highwater.core.Exposition;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.TextFormat;
import io.highwater.core.web.Handler;
import io.highwater.scaler.engine.Scaler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the agent says of itself: {@code highwater_*}, {@code jvm_*}, {@code process_*}. */
public final class SelfMetrics implements CollectionObserver, Exposition.Addition {

    private final SnapshotStore store;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RegistryPages pages;
    private final Map<String, SlotMeters> slots = new HashMap<>();

    public SelfMetrics(SnapshotStore store) {
        this.store = store;
        this.pages = new RegistryPages(registry, store::complete);
        registry.getPrometheusRegistry().register(new StoreState(store));
    }

    /** Says which build this is. */
    public void build(String version, String revision, String jdk) {
        Gauge.builder(Meters.name(OwnFamily.BUILD), () -> 1)
                .description(OwnFamily.BUILD.help())
                .tags("version", version, "revision", revision, "jdk", jdk)
                .register(registry);
    }

    /** Says how the configuration was read the last time. */
    public void config(Supplier<ConfigState> state) {
        gauge(OwnFamily.RELOAD_SUCCESSFUL, () -> state.get().successful() ? 1 : 0);
        gauge(OwnFamily.RELOAD_TIMESTAMP, () -> state.get().since().toEpochMilli() / 1e3);
    }

    /** Says what signals and policies say. */
    public void scaling(Scaler scaler) {
        registry.getPrometheusRegistry().register(new ScalingState(scaler));
    }

    /** Where other parts of the agent count. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Loads what is slow to load: the JVM's meters, and the first rendering. */
    public void warmUp() {
        JvmMeters.bind(registry);
        ProcessMeters.bind(registry);
        render(TextFormat.PROMETHEUS, Set.of());
    }

    /** The same handler, its answers counted. */
    public Handler counted(String path, Handler handler) {
        return request -> {
            var response = handler.handle(request);
            Counter.builder(Meters.name(OwnFamily.REQUESTS))
                    .description(OwnFamily.REQUESTS.help())
                    .tags("handler", path, "code", Integer.toString(response.status()))
                    .register(registry)
                    .increment();
            return response;
        };
    }

    /** Removes the meters of what is no longer watched. */
    public synchronized void forgetTheGone() {
        var gone = slots.values().stream()
                .filter(meters -> !store.slots().contains(meters.slot()))
                .toList();
        gone.forEach(SlotMeters::remove);
        slots.values().removeAll(gone);
    }

    @Override
    public byte[] render(TextFormat format, Set<String> names) {
        return pages.render(format, names);
    }

    @Override
    public synchronized void collected(Slot slot, Snapshot snapshot) {
        meters(slot).ifPresent(meters -> meters.collected(snapshot));
    }

    @Override
    public synchronized void skipped(Slot slot, Skip why) {
        meters(slot).ifPresent(meters -> meters.skipped(why));
    }

    /** None for a collection that outlived its target. */
    private Optional<SlotMeters> meters(Slot slot) {
        var key = slot.target() + "/" + slot.collector();
        var known = slots.get(key);
        if (known != null && known.slot() == slot) {
            return Optional.of(known);
        }
        if (!store.slots().contains(slot)) {
            return Optional.empty();
        }
        if (known != null) {
            known.remove();
        }
        var meters = new SlotMeters(slot, registry);
        slots.put(key, meters);
        return Optional.of(meters);
    }

    private void gauge(OwnFamily family, Supplier<Number> value) {
        Gauge.builder(Meters.name(family), value)
                .description(family.help())
                .tags(Tags.empty())
                .baseUnit(family.name().endsWith("_seconds") ? "seconds" : null)
                .register(registry);
    }
}
