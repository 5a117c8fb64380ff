// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.CollectorSpec;
import io.highwater.core.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Binds the {@code collectors:} of a component to the schedules of those that run. */
final class CollectorsBinder {

    private final Binder binder;
    private final Problems problems;

    CollectorsBinder(Binder binder, Problems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    /** In the exporter's order; without those that have problems. */
    Map<String, Schedule> bind(List<CollectorSpec> specs, Yaml value) {
        var mapping = Yaml.Mapping.of(value);
        if (value instanceof Yaml.Scalar || value instanceof Yaml.Sequence) {
            problems.add(value.place(), "expected the names of collectors, each with its keys");
        }
        var names = specs.stream().map(CollectorSpec::name).toList();
        mapping.values().forEach((name, written) -> {
            if (!names.contains(name)) {
                problems.unknown(written.place(), "collector", name, names);
            }
        });
        var schedules = new LinkedHashMap<String, Schedule>();
        var off = specs.stream()
                .filter(spec -> !bind(spec, mapping.get(spec.name()), schedules))
                .toList();
        if (off.size() == specs.size()) {
            problems.add(value.place(), "every collector is off", "leave the component out");
        } else if (off.contains(specs.getFirst())) {
            var place = mapping.get(specs.getFirst().name()).place();
            problems.add(place, "this collector cannot be off: it tells whether a target is up");
        }
        return schedules;
    }

    /** Whether the collector is on; when its schedule is wrong, it is on and has none. */
    private boolean bind(CollectorSpec spec, Yaml value, Map<String, Schedule> schedules) {
        var settings = binder.bind(CollectorSettings.class, value, List.of());
        if (settings.isEmpty()) {
            return true;
        }
        if (settings.get().enabled(spec)) {
            try {
                schedules.put(spec.name(), settings.get().schedule(spec));
            } catch (IllegalArgumentException e) {
                problems.add(value.place(), String.valueOf(e.getMessage()));
            }
            return true;
        }
        return false;
    }
}
