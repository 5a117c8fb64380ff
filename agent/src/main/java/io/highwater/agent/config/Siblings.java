// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.OfComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The components of one cluster, from which another may take keys: see {@link OfComponent}. */
final class Siblings {

    private final Yaml.Mapping cluster;
    private final Problems problems;

    Siblings(Yaml.Mapping cluster, Problems problems) {
        this.cluster = cluster;
        this.problems = problems;
    }

    /** The component's keys, with those in place for which the name of another component stands, or nothing. */
    Yaml complete(Shape shape, Yaml component) {
        var lent =
                shape.keys().stream().filter(key -> key.component().isPresent()).toList();
        var written = Yaml.Mapping.of(component);
        if (lent.isEmpty() || !(component instanceof Yaml.Mapping || component instanceof Yaml.Nothing)) {
            return component;
        }
        var values = new LinkedHashMap<>(written.values());
        if (lent.stream().noneMatch(key -> written.has(key.name()))) {
            lent.stream()
                    .filter(key -> cluster.values().containsKey(key.component().orElseThrow()))
                    .findFirst()
                    .ifPresent(key ->
                            values.put(key.name(), taken(key, key.component().orElseThrow())));
        }
        lent.forEach(key -> values.computeIfPresent(key.name(), (_, value) -> named(key, value)));
        return new Yaml.Mapping(written.place(), values);
    }

    private Yaml named(Key key, Yaml value) {
        if (!(value instanceof Yaml.Scalar(Place place, String name))) {
            return value;
        }
        if (name.equals(key.component().orElseThrow()) && cluster.values().containsKey(name)) {
            return taken(key, name);
        }
        problems.add(
                place,
                "there is no component " + name + " in this cluster that has such keys",
                "write " + key.component().orElseThrow() + " when the cluster has that, or the keys themselves");
        return value;
    }

    private Yaml taken(Key key, String component) {
        var from = Objects.requireNonNull(cluster.values().get(component));
        var spellings = ((ValueType.Keys) key.type()).shape().spellings(List.of());
        Map<String, Yaml> values = new LinkedHashMap<>();
        Yaml.Mapping.of(from).values().forEach((name, value) -> {
            if (spellings.contains(name)) {
                values.put(name, value);
            }
        });
        return new Yaml.Mapping(from.place(), values);
    }
}
