// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.self.OwnFamily;
import io.highwater.core.Level;
import io.highwater.rules.Alerts;
import io.highwater.rules.RuleFile;
import io.highwater.rules.Selectors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules ask for families that the agent declares, by labels that these have. */
class RuleFamiliesTest {

    /** Labels that a target, the configuration or Prometheus gives to any series. */
    private static final Set<String> GIVEN = Set.of("cluster", "node", "job", "instance");

    /** What Prometheus says of itself and of a scrape, and the agent's process. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "up", Set.of(),
            "process_start_time_seconds", Set.of(),
            "prometheus_notifications_errors_total", Set.of("alertmanager"),
            "prometheus_notifications_sent_total", Set.of("alertmanager"));

    private final Map<String, Set<String>> declared = declared();

    @Test
    void everySelectorIsOfADeclaredFamily() {
        var asked =
                expressions().flatMap(text -> Selectors.of(text).all().stream()).toList();

        assertThat(asked).hasSizeGreaterThan(100).allSatisfy(selector -> {
            var labels = new HashSet<>(declared.getOrDefault(selector.metric(), Set.of("not declared")));
            assertThat(declared).as("families").containsKey(selector.metric());
            labels.addAll(GIVEN);
            assertThat(labels).as("labels of %s", selector.metric()).containsAll(selector.labels());
        });
    }

    @Test
    void everyGroupingIsByLabelsThatAFamilyOfTheExpressionHas() {
        assertThat(expressions().map(Selectors::of)).allSatisfy(of -> {
            var known = new HashSet<>(GIVEN);
            of.metrics().forEach(metric -> known.addAll(declared.getOrDefault(metric, Set.of())));
            known.add("name"); // label_join makes it
            assertThat(known).as("labels of %s", of.all()).containsAll(of.labels());
        });
    }

    private static Stream<String> expressions() {
        return Stream.concat(
                Alerts.all().stream().map(alert -> alert.expression(Level.L2)), RuleFile.recorded().values().stream());
    }

    private static Map<String, Set<String>> declared() {
        Map<String, Set<String>> declared = new HashMap<>(OTHERS);
        for (var exporter : InstalledExporters.load()) {
            exporter.families().forEach(family -> declared.put(family.name(), Set.copyOf(family.labels())));
        }
        OwnFamily.all().forEach(family -> declared.put(family.name(), Set.copyOf(family.labels())));
        RuleFile.recorded().keySet().forEach(name -> declared.put(name, Set.of("slo", "component")));
        return declared;
    }
}
