// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.highwater.scaler.Activity;
import io.highwater.scaler.Metric;
import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.Reading;
import io.highwater.scaler.Subscription;
import io.highwater.scaler.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/** A metric that is what a test says. */
final class Gauge implements Metric {

    private final String name;
    private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
    private volatile Reading reading = new Reading.Unknown("nothing was collected yet");
    private volatile Activity activity = new Activity.Unknown("nothing was collected yet");
    private volatile OptionalDouble target = OptionalDouble.empty();

    Gauge(String name) {
        this.name = name;
    }

    /** Active above 0. */
    void set(double... numbers) {
        var now = Instant.now();
        var values = Arrays.stream(numbers)
                .mapToObj(number -> new Value(Map.of(), number, now, Duration.ZERO))
                .toList();
        reading = new Reading.Numbers(Reading.Quality.FRESH, values);
        activity = Arrays.stream(numbers).sum() > 0 ? new Activity.Active() : new Activity.Idle();
        changed();
    }

    void lose(String reason) {
        reading = new Reading.Unknown(reason);
        activity = new Activity.Unknown(reason);
        changed();
    }

    void target(double perReplica) {
        target = OptionalDouble.of(perReplica);
        changed();
    }

    /** Without telling anybody. */
    void setQuietly(double number) {
        reading = new Reading.Numbers(
                Reading.Quality.FRESH, List.of(new Value(Map.of(), number, Instant.now(), Duration.ZERO)));
    }

    void changed() {
        listeners.values().forEach(Runnable::run);
    }

    int listeners() {
        return listeners.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean readableFrom(String namespace) {
        return namespace.equals("shop");
    }

    @Override
    public List<ObjectReference> objects() {
        return List.of();
    }

    @Override
    public Reading read() {
        return reading;
    }

    @Override
    public Activity activity() {
        return activity;
    }

    @Override
    public OptionalDouble targetPerReplica() {
        return target;
    }

    @Override
    public Subscription onChange(Runnable action) {
        var key = new Object(); // one may listen twice
        listeners.put(key, action);
        return () -> listeners.remove(key);
    }
}
