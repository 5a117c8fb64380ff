// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Slot;
import io.highwater.core.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which collector of which component gives which family: what signals can be made of. */
public final class Origins {

    /** The components whose series are not declared, because they are other programs'. */
    static final String QUERIES = "prometheus";

    static final String METRICS = "metrics";

    /**
     * Where a family comes from.
     *
     * @param collector the one that asks; empty for what is derived over all nodes
     */
    private record Origin(String component, String collector) {}

    private final Map<String, Family> families = new HashMap<>();
    private final Map<String, List<Origin>> origins = new HashMap<>();
    private final Map<String, Set<String>> collectors = new HashMap<>();

    public Origins(Collection<? extends Exporter<?>> exporters) {
        for (var exporter : exporters) {
            var component = exporter.component();
            for (var spec : exporter.collectors()) {
                collectors.computeIfAbsent(component, _ -> new HashSet<>()).add(spec.name());
                spec.families().forEach(family -> add(family, new Origin(component, spec.name())));
            }
            exporter.derivedFamilies().forEach(family -> add(family, new Origin(component, "")));
        }
    }

    private void add(Family family, Origin origin) {
        families.put(family.name(), family);
        origins.computeIfAbsent(family.name(), _ -> new ArrayList<>()).add(origin);
    }

    /** A declared family by its name. */
    public Optional<Family> family(String name) {
        return Optional.ofNullable(families.get(name));
    }

    /** The names of all declared families. */
    public Set<String> families() {
        return Set.copyOf(families.keySet());
    }

    /** The components that can have what the signal is made of. */
    public Set<String> components(SignalSettings signal) {
        if (signal.family().isEmpty()) {
            return Set.of(signal.query().isPresent() ? QUERIES : METRICS);
        }
        return origins.getOrDefault(signal.source(), List.of()).stream()
                .map(Origin::component)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the component can have what the signal is made of. */
    public boolean isFrom(SignalSettings signal, String component) {
        return components(signal).contains(component);
    }

    /** Whether the collector of the slot, by what is declared, can have what the signal is made of. */
    boolean gives(Slot slot, SignalSettings signal) {
        var target = slot.target();
        boolean derived = isDerived(slot);
        if (signal.family().isEmpty()) {
            return signal.query().isPresent()
                    ? target.component().equals(QUERIES) && derived
                    : target.component().equals(METRICS) && !derived;
        }
        return origins.getOrDefault(signal.source(), List.of()).stream()
                .anyMatch(origin -> origin.component.equals(target.component())
                        && (origin.collector.isEmpty() ? derived : origin.collector.equals(slot.collector())));
    }

    private boolean isDerived(Slot slot) {
        Target target = slot.target();
        return target.node().isEmpty()
                && !collectors.getOrDefault(target.component(), Set.of()).contains(slot.collector());
    }

    /** Whether the label is one of the series themselves, not of the target that they were read from. */
    boolean isOfSeries(SignalSettings signal, String label) {
        return signal.family()
                .map(name -> families.containsKey(name)
                        && families.get(name).labels().contains(label))
                .orElse(!Set.of("cluster", "component", "node", "role").contains(label));
    }
}
