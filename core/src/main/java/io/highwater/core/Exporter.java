// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The code for one kind of backend: names it, declares its families, opens its targets. Found by
 * {@link java.util.ServiceLoader}; an exporter knows core and its own client library, and no other exporter.
 *
 * @param <S> the settings that the configuration gives under {@code clusters.<name>.<component>}: a record whose
 *     component names are the keys, whose compact constructor refuses what is wrong, and whose defaults are
 *     {@link Default} annotations
 */
public interface Exporter<S extends Record> {

    /** The key in the configuration and the value of the label {@code component}. */
    String component();

    Class<S> settings();

    /** The family that is 1 while a target answers and 0 when it does not, e.g. {@code pg_up}. */
    Family up();

    /** All collectors; the first one is the pulse: its outcome says whether the target is up. */
    List<CollectorSpec> collectors();

    /** What {@link #derivation} may expose. */
    List<Family> derivedFamilies();

    /** Every family that watching this kind of backend may expose. */
    default List<Family> families() {
        var collected = collectors().stream().flatMap(spec -> spec.families().stream());
        return Stream.of(Stream.of(up()), collected, derivedFamilies().stream(), Ha.objectives().stream())
                .flatMap(of -> of)
                .distinct()
                .toList();
    }

    /** The stable names of the nodes that these settings configure; each becomes a {@link Target}. */
    Collection<String> nodes(S settings);

    /**
     * When a collector runs for one node, where nodes have a pace of their own.
     *
     * @param configured for all of them
     */
    default Schedule schedule(S settings, String node, CollectorSpec spec, Schedule configured) {
        return configured;
    }

    /** Whether what is seen depends on where the agent stands, so that the series say it. */
    default boolean seenFromOutside() {
        return false;
    }

    /** Prepares one target without I/O: what cannot be reached is found by the first collection. */
    Session open(Target target, S settings);

    /** A new derivation for one cluster, with an empty history. */
    Derivation derivation(S settings);
}
