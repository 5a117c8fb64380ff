// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Exporter;
import io.highwater.core.Family;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The check of the labels that a user adds: Prometheus takes them, and no series has them already. */
final class Labels {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** Given by the target and the agent. */
    private static final Set<String> TARGET = Set.of("cluster", "component", "node", "vantage");

    private Labels() {}

    static void check(Yaml.Mapping labels, List<Exporter<?>> watching, Problems problems) {
        labels.values()
                .forEach((name, value) ->
                        refusal(name, watching).ifPresent(message -> problems.add(value.place(), message)));
    }

    private static Optional<String> refusal(String name, List<Exporter<?>> watching) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("the name of a label is letters, digits and _, and starts with no digit");
        }
        if (name.startsWith("__")) {
            return Optional.of("a label that starts with __ is for Prometheus itself");
        }
        if (TARGET.contains(name)) {
            return Optional.of("the agent gives this label itself");
        }
        return watching.stream()
                .flatMap(Exporters::families)
                .filter(family -> family.labels().contains(name))
                .map(Family::name)
                .findFirst()
                .map(family -> "family " + family + " has this label already");
    }
}
