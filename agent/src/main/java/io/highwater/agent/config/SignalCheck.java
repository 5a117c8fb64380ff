// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.ComponentPlan;
import io.highwater.core.Family;
import io.highwater.core.Globs;
import io.highwater.core.Nearest;
import io.highwater.exporters.prometheus.PrometheusSettings;
import io.highwater.scaler.signal.Origins;
import io.highwater.scaler.signal.SignalSettings;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether there can be a number for a signal, by what is configured. */
final class SignalCheck {

    /** Labels that a target gives, and the role of its node. */
    private static final Set<String> OF_TARGET = Set.of("cluster", "component", "node", "role");

    private final Origins origins;
    private final List<ComponentPlan<?>> plans;
    private final Problems problems;

    SignalCheck(Origins origins, List<ComponentPlan<?>> plans, Problems problems) {
        this.origins = origins;
        this.plans = plans;
        this.problems = problems;
    }

    /** @param place of a key of the signal */
    void check(SignalSettings signal, Function<String, Place> place) {
        signal.family().ifPresent(name -> {
            var family = origins.family(name);
            if (family.isEmpty()) {
                unknownFamily(place.apply("family"), name);
            } else {
                checkKind(family.get(), signal, place);
                checkLabels(family.get(), signal, place);
                checkThatSomebodyHasIt(signal, place.apply("family"));
            }
        });
        signal.query().ifPresent(name -> {
            checkThatSomebodyHasIt(signal, place.apply("query"));
            checkQuery(name, signal, place.apply("query"));
        });
        signal.metric().ifPresent(_ -> checkThatSomebodyHasIt(signal, place.apply("metric")));
    }

    /** Without the list of all: there are hundreds. */
    private void unknownFamily(Place place, String name) {
        problems.add(
                place,
                "unknown family",
                Nearest.to(name, origins.families())
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("highwater families lists them"));
    }

    private void checkKind(Family family, SignalSettings signal, Function<String, Place> place) {
        boolean counts = family.kind() == Family.Kind.COUNTER;
        if (family.kind() == Family.Kind.HISTOGRAM) {
            problems.add(
                    place.apply("family"),
                    family.name() + " is a histogram, which is not one number",
                    "ask a Prometheus with query:");
        } else if (signal.rate().isPresent() && !counts) {
            problems.add(place.apply("rate"), family.name() + " is no counter", "write slope: for a gauge");
        } else if (signal.slope().isPresent() && counts) {
            problems.add(place.apply("slope"), family.name() + " is a counter", "write rate: for a counter");
        }
    }

    private void checkLabels(Family family, SignalSettings signal, Function<String, Place> place) {
        var known = new TreeSet<>(OF_TARGET);
        known.addAll(family.labels());
        plans.forEach(plan -> known.addAll(plan.labels().keySet()));
        checkLabels(signal.where().keySet(), known, place.apply("where"));
        checkLabels(signal.by(), known, place.apply("by"));
    }

    private void checkLabels(Collection<String> labels, Set<String> known, Place place) {
        labels.stream()
                .filter(label -> !known.contains(label))
                .forEach(label -> problems.unknown(place, "label \"" + label + "\"", label, known));
    }

    private void checkThatSomebodyHasIt(SignalSettings signal, Place place) {
        var giving = plans.stream()
                .filter(plan -> origins.isFrom(signal, plan.exporter().component()))
                .toList();
        if (giving.isEmpty()) {
            problems.add(
                    place,
                    "nothing that is configured has " + signal.source(),
                    "it comes from a component " + String.join(" or ", origins.components(signal)));
        } else if (giving.stream().noneMatch(plan -> matches(signal, plan))) {
            var there = giving.stream()
                    .map(plan -> plan.cluster() + "/" + plan.exporter().component())
                    .toList();
            problems.add(
                    place,
                    "no cluster that has " + signal.source() + " is as where: says",
                    "it is in " + String.join(", ", there));
        }
    }

    /** Without any component that asks queries that is what is wrong, and said already. */
    private void checkQuery(String name, SignalSettings signal, Place place) {
        var known = plans.stream()
                .filter(plan -> matches(signal, plan))
                .map(ComponentPlan::settings)
                .filter(PrometheusSettings.class::isInstance)
                .flatMap(settings -> ((PrometheusSettings) settings).queries().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!known.isEmpty() && !known.contains(name)) {
            problems.unknown(place, "query", name, known);
        }
    }

    private static boolean matches(SignalSettings signal, ComponentPlan<?> plan) {
        return Stream.of("cluster", "component")
                .filter(signal.where()::containsKey)
                .allMatch(label -> Globs.any(
                        List.of(signal.where().get(label)),
                        label.equals("cluster")
                                ? plan.cluster()
                                : plan.exporter().component()));
    }
}
