// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks at the page again and again while something goes wrong, and remembers every page that said what is not true.
 * What is absent is no lie.
 */
public final class Witness implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 20;

    private final Watched watched;
    private final Map<String, Predicate<String>> rules = new LinkedHashMap<>();
    private final Set<String> lies = new LinkedHashSet<>();
    private final Thread thread;
    private int looks;

    private Witness(Watched watched) {
        this.watched = watched;
        this.thread = Thread.ofVirtual().name("witness").unstarted(this::run);
    }

    public static Witness of(Watched watched) {
        var witness = new Witness(watched);
        witness.thread.start();
        return witness;
    }

    /** From now on, that number is within these bounds or absent. */
    public synchronized Witness between(double least, double most, String family, String... labels) {
        rules.put(family + List.of(labels), page -> {
            var value = Watched.valueOn(page, family, labels);
            return value.isEmpty() || (value.getAsDouble() >= least && value.getAsDouble() <= most);
        });
        return this;
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private synchronized void look() {
        var page = watched.page();
        looks++;
        rules.forEach((name, holds) -> {
            if (!holds.test(page)) {
                var family = name.substring(0, name.indexOf('['));
                lies.add(
                        page.lines().filter(line -> line.startsWith(family)).toList() + " breaks the rule for " + name);
            }
        });
    }

    /** Fails when there was a lie so far. */
    public synchronized void assertHonest() {
        assertThat(looks).isPositive();
        assertThat(lies).isEmpty();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
