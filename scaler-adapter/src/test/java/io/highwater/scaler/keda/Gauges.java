// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.highwater.scaler.Metric;
import io.highwater.scaler.Metrics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A configuration that a test makes and changes. */
final class Gauges implements Metrics {

    private final Map<String, Gauge> all = new ConcurrentSkipListMap<>();

    Gauge add(String name) {
        var gauge = new Gauge(name);
        all.put(name, gauge);
        return gauge;
    }

    void remove(String name) {
        all.remove(name);
    }

    @Override
    public Optional<Metric> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    @Override
    public Collection<Metric> all() {
        return List.copyOf(all.values());
    }
}
