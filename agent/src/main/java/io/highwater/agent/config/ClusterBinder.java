// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.ComponentPlan;
import io.highwater.core.Exporter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Binds what stands below {@code clusters:} in all files to the plans of the components. */
final class ClusterBinder {

    /** Names become parts of a target's name, between slashes, and stand in URLs and log lines. */
    private static final Pattern NAME = Pattern.compile("[^\\s/\\p{Cntrl}]+");

    private static final List<String> OWN_KEYS = Shape.of(ClusterSettings.class).spellings(List.of());

    private static final List<String> COLLECTORS = List.of("collectors");

    private final Exporters exporters;
    private final Binder binder;
    private final Problems problems;
    private final CollectorsBinder collectors;
    private final Map<String, Place> clusters = new HashMap<>();
    private final List<ComponentPlan<?>> plans = new ArrayList<>();
    private String vantage = "";

    ClusterBinder(Exporters exporters, Binder binder, Problems problems) {
        this.exporters = exporters;
        this.binder = binder;
        this.problems = problems;
        collectors = new CollectorsBinder(binder, problems);
    }

    /** One for every component that has no problem. */
    List<ComponentPlan<?>> plans() {
        return plans;
    }

    /** Where the agent stands, from the file that is read first: of the clusters bound from now on. */
    void vantage(Place place, String name) {
        if (!NAME.matcher(name).matches()) {
            problems.add(place, "the name of a place is not empty and has no / and no blank");
        } else if (!vantage.isEmpty()) {
            problems.add(place, "an agent stands at one place", "it stands at \"" + vantage + "\" already");
        } else if (!plans.isEmpty()) {
            problems.add(place, "write it in the first file, which includes the others");
        } else {
            vantage = name;
        }
    }

    void bind(Yaml value) {
        switch (value) {
            case Yaml.Mapping mapping -> mapping.values().forEach(this::cluster);
            case Yaml.Nothing _ -> {}
            case Yaml.Scalar _, Yaml.Sequence _ ->
                problems.add(value.place(), "expected the names of clusters, each with its components below it");
        }
    }

    private void cluster(String name, Yaml value) {
        var place = value.place();
        checkName(place, "cluster", name);
        var first = clusters.putIfAbsent(name, place);
        if (first != null) {
            problems.add(place, "duplicate cluster", "the first is " + first.position());
        }
        var settings = binder.bind(ClusterSettings.class, value, exporters.components());
        var mapping = Yaml.Mapping.of(value);
        if (settings.isPresent() && OWN_KEYS.containsAll(mapping.values().keySet())) {
            problems.add(place, "has no component", "known: " + String.join(", ", exporters.components()));
        }
        var watching = mapping.values().keySet().stream()
                .flatMap(key -> exporters.find(key).stream())
                .toList();
        Labels.check(Yaml.Mapping.of(mapping.get("labels")), watching, problems);
        var siblings = new Siblings(mapping, problems);
        for (var exporter : watching) {
            var written = mapping.get(exporter.component());
            siblings.complete(Shape.of(exporter.settings()), written)
                    .ifPresent(complete -> component(name, settings, exporter, complete));
        }
    }

    private <S extends Record> void component(
            String cluster, Optional<ClusterSettings> common, Exporter<S> exporter, Yaml value) {
        var settings = binder.bind(exporter.settings(), value, COLLECTORS);
        settings.ifPresent(it -> checkNodes(value.place(), exporter, it));
        var schedules =
                collectors.bind(exporter.collectors(), Yaml.Mapping.of(value).get("collectors"));
        if (settings.isPresent() && common.isPresent() && !schedules.isEmpty()) {
            var about = common.get();
            var labels = new HashMap<>(about.labels());
            if (exporter.seenFromOutside() && !vantage.isEmpty()) {
                labels.put("vantage", vantage);
            }
            plans.add(new ComponentPlan<>(cluster, about.level(), labels, exporter, settings.get(), schedules));
        }
    }

    private <S extends Record> void checkNodes(Place place, Exporter<S> exporter, S settings) {
        var nodes = exporter.nodes(settings);
        if (nodes.isEmpty()) {
            problems.add(place, "has no node");
        }
        var seen = new HashSet<String>();
        for (var node : nodes) {
            checkName(place, "node", node);
            if (!seen.add(node)) {
                problems.add(place, "two nodes are called \"" + node + "\"");
            }
        }
    }

    private void checkName(Place place, String what, String name) {
        if (!NAME.matcher(name).matches()) {
            problems.add(place, "the name of a " + what + " is not empty and has no / and no blank");
        }
    }
}
