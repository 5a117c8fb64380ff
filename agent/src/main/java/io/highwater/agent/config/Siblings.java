// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.OfComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The components of one cluster, from which another may take keys: see {@link OfComponent}. */
final class Siblings {

    private final Yaml.Mapping cluster;
    private final Problems problems;

    Siblings(Yaml.Mapping cluster, Problems problems) {
        this.cluster = cluster;
        this.problems = problems;
    }

    /**
     * The component's keys, with those in place for which the name of another component stands, or nothing; empty when
     * there is no such component, which is a problem then.
     */
    Optional<Yaml> complete(Shape shape, Yaml component) {
        var lent =
                shape.keys().stream().filter(key -> key.component().isPresent()).toList();
        if (lent.isEmpty() || !(component instanceof Yaml.Mapping || component instanceof Yaml.Nothing)) {
            return Optional.of(component);
        }
        var written = Yaml.Mapping.of(component);
        var values = new LinkedHashMap<>(written.values());
        for (var key : lent) {
            if (written.get(key.name()) instanceof Yaml.Scalar(Place place, String name)) {
                if (!name.equals(key.component().orElseThrow()) || !there(key)) {
                    problems.add(
                            place,
                            "there is no component " + name + " in this cluster that has such keys",
                            "write " + key.component().orElseThrow() + " when the cluster has that, or the keys");
                    return Optional.empty();
                }
                values.put(key.name(), taken(key, place));
            }
        }
        if (lent.stream().noneMatch(key -> written.has(key.name()))) {
            lent.stream().filter(this::there).findFirst().ifPresent(key -> values.put(key.name(), taken(key)));
        }
        return Optional.of(new Yaml.Mapping(written.place(), values));
    }

    private boolean there(Key key) {
        return cluster.values().containsKey(key.component().orElseThrow());
    }

    private Yaml taken(Key key) {
        return taken(key, cluster.get(key.component().orElseThrow()).place());
    }

    private Yaml taken(Key key, Place place) {
        var from = cluster.get(key.component().orElseThrow());
        var spellings = ((ValueType.Keys) key.type()).shape().spellings(List.of());
        Map<String, Yaml> values = new LinkedHashMap<>();
        Yaml.Mapping.of(from).values().forEach((name, value) -> {
            if (spellings.contains(name)) {
                values.put(name, value);
            }
        });
        return new Yaml.Mapping(place, values);
    }
}
