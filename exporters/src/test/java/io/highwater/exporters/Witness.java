// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        rules.put(new Series(family, List.of(labels)), new Bounds(least, most));
        return this;
    }

    private synchronized void look() {
        var page = watched.page();
        looks++;
        rules.forEach((series, bounds) -> Watched.valueOn(
                        page, series.family(), series.labels().toArray(String[]::new))
                .ifPresent(value -> {
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
