// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.CollectorSpec;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The exporters that there are, by component, checked to get along with each other. */
final class Exporters {

    private final Map<String, Exporter<?>> byComponent = new TreeMap<>();

    Exporters(Collection<? extends Exporter<?>> exporters, Problems problems) {
        for (var exporter : exporters) {
            if (byComponent.put(exporter.component(), exporter) != null) {
                problems.add(Place.NOWHERE, "two exporters are called " + exporter.component());
            }
        }
        refuseClashes(problems);
    }

    Set<String> components() {
        return byComponent.keySet();
    }

    Optional<Exporter<?>> find(String component) {
        return Optional.ofNullable(byComponent.get(component));
    }

    static Stream<Family> families(Exporter<?> exporter) {
        var collected =
                exporter.collectors().stream().map(CollectorSpec::families).flatMap(List::stream);
        return Stream.of(Stream.of(exporter.up()), collected, exporter.derivedFamilies().stream())
                .flatMap(families -> families);
    }

    /** One name has one declaration: two would make an exposition that Prometheus refuses. */
    private void refuseClashes(Problems problems) {
        record Declared(Family family, String component) {}
        var first = new LinkedHashMap<String, Declared>();
        byComponent.forEach((component, exporter) -> families(exporter).forEach(family -> {
            var declared = first.computeIfAbsent(family.name(), _ -> new Declared(family, component));
            if (!declared.family.equals(family)) {
                problems.add(
                        Place.NOWHERE,
                        "family %s is declared by %s and by %s, with different %s"
                                .formatted(
                                        family.name(),
                                        declared.component,
                                        component,
                                        differences(declared.family, family)));
            }
        }));
    }

    private static String differences(Family one, Family other) {
        List<String> names = new ArrayList<>();
        for (var key : Shape.of(Family.class).keys()) {
            if (!key.in(one).equals(key.in(other))) {
                names.add(key.name());
            }
        }
        return String.join(", ", names);
    }
}
