// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Level;
import io.highwater.rules.Alerts;
import io.highwater.rules.RuleFile;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule asks for families that are declared, by labels that they have, as their kind is asked for. */
class RuleFamiliesTest {

    private static final Set<String> OF_COUNTERS = Set.of("rate", "increase");

    private final DeclaredSeries declared = new DeclaredSeries();

    private static List<String> expressions() {
        return Stream.concat(
                        Alerts.all().stream().map(alert -> alert.expression(Level.L2)),
                        RuleFile.recorded().values().stream())
                .toList();
    }

    @Test
    void everyFamilyIsDeclaredAndHasTheLabelsThatAreMatched() {
        assertThat(expressions()).hasSizeGreaterThan(80).allSatisfy(expression -> {
            for (var selector : PromSelector.in(expression)) {
                assertThat(selector.metrics()).allMatch(declared::has);
                selector.metrics()
                        .forEach(metric ->
                                assertThat(declared.labelsOf(metric)).as(metric).containsAll(selector.matched()));
            }
        });
    }

    @Test
    void whatIsAggregatedByIsALabelOfWhatIsAggregated() {
        assertThat(expressions()).allSatisfy(expression -> {
            var there = new HashMap<PromSelector.Around, Set<String>>();
            for (var selector : PromSelector.in(expression)) {
                for (var around : selector.around()) {
                    selector.metrics()
                            .forEach(metric -> there.computeIfAbsent(around, _ -> new TreeSet<>())
                                    .addAll(declared.labelsOf(metric)));
                }
            }
            there.forEach((around, labels) ->
                    assertThat(labels).as(around.name()).containsAll(around.by().orElse(List.of())));
        });
    }

    @Test
    void ratesAreOfCountersAlone() {
        assertThat(expressions()).allSatisfy(expression -> {
            for (var selector : PromSelector.in(expression)) {
                var function = selector.around().isEmpty()
                        ? ""
                        : selector.around().getFirst().name();
                if (OF_COUNTERS.contains(function)) {
                    assertThat(selector.metrics()).allMatch(declared::isCounter);
                }
            }
        });
    }
}
