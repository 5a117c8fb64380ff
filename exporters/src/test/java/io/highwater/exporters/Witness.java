// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the page again and again while something goes wrong, and remembers what was said that is not true. What is
 * absent is no lie.
 */
public final class Witness implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 20;

    private record Series(String family, List<String> labels) {}

    private record Bounds(double least, double most) {}

    private final Watched watched;
    private final Map<Series, Bounds> rules = new LinkedHashMap<>();
    private final Map<Series, Double> highest = new HashMap<>();
    private final Set<String> lies = new LinkedHashSet<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int looks;

    private Witness(Watched watched) {
        this.watched = watched;
    }

    public static Witness of(Watched watched) {
        var witness = new Witness(watched);
        var _ = witness.clock.scheduleWithFixedDelay(
                witness::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return witness;
    }

    /** From now on, that number is within these bounds or absent. */
    public synchronized Witness between(double least, double most, String family, String... labels) {
        var series = new Series(family, List.of(labels));
        rules.put(series, new Bounds(least, most));
        highest.remove(series);
        return this;
    }

    /** The highest that number was since {@link #between} was said of it. */
    public synchronized OptionalDouble highest(String family, String... labels) {
        var value = highest.get(new Series(family, List.of(labels)));
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private synchronized void look() {
        var page = watched.page();
        looks++;
        rules.forEach((series, bounds) -> Watched.valueOn(
                        page, series.family(), series.labels().toArray(String[]::new))
                .ifPresent(value -> {
                    highest.merge(series, value, Math::max);
                    if (value < bounds.least() || value > bounds.most()) {
                        lies.add(series + " was " + value + ", which is not within " + bounds);
                    }
                }));
    }

    /** Fails when there was a lie so far, or nobody could look. */
    public synchronized void assertHonest() {
        assertThat(clock.isShutdown()).isFalse();
        assertThat(looks).isPositive();
        assertThat(lies).isEmpty();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
