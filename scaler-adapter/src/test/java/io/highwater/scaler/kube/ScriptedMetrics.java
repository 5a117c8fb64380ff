// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.scaler.Activity;
import io.highwater.scaler.Metric;
import io.highwater.scaler.Metrics;
import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.Reading;
import io.highwater.scaler.Reading.Quality;
import io.highwater.scaler.Subscription;
import io.highwater.scaler.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentSkipListMap;

/** Metrics that say what a test wants. */
public final class ScriptedMetrics implements Metrics {

    /** The sample time of all values. */
    public static final Instant SAMPLED = Instant.parse("2026-11-02T10:00:00.750Z");

    private final Map<String, Metric> metrics = new ConcurrentSkipListMap<>();

    /** Readable from the namespace {@code shop} alone. */
    public ScriptedMetrics with(String name, Reading reading, ObjectReference... objects) {
        metrics.put(name, new Scripted(name, reading, List.of(objects)));
        return this;
    }

    public static Reading number(double number) {
        return numbers(value(Map.of(), number));
    }

    public static Reading numbers(Value... values) {
        return new Reading.Numbers(Quality.FRESH, List.of(values));
    }

    public static Value value(Map<String, String> labels, double number) {
        return new Value(labels, number, SAMPLED, Duration.ZERO);
    }

    @Override
    public Optional<Metric> find(String name) {
        return Optional.ofNullable(metrics.get(name));
    }

    @Override
    public Collection<Metric> all() {
        return metrics.values();
    }

    private record Scripted(String name, Reading reading, List<ObjectReference> objects) implements Metric {
        @Override
        public boolean readableFrom(String namespace) {
            return namespace.equals("shop");
        }

        @Override
        public Reading read() {
            return reading;
        }

        @Override
        public Activity activity() {
            return new Activity.Active();
        }

        @Override
        public OptionalDouble targetPerReplica() {
            return OptionalDouble.empty();
        }

        @Override
        public Subscription onChange(Runnable action) {
            return () -> {};
        }
    }
}
