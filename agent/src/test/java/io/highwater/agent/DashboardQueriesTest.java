// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.PromSelector.Around;
import io.highwater.agent.self.OwnFamily;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Level;
import io.highwater.dashboards.Annotation;
import io.highwater.dashboards.Dashboard;
import io.highwater.dashboards.Dashboards;
import io.highwater.dashboards.Query;
import io.highwater.dashboards.Variable;
import io.highwater.rules.RuleFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every query of every dashboard asks for families that are declared, by labels that they have, as their kind is asked for. */
class DashboardQueriesTest {

    private static final Set<String> OVER_TIME = Set.of("rate", "increase", "deriv", "last_over_time");
    private static final Set<String> AGGREGATIONS = Set.of("max", "min", "sum", "count", "topk", "group");

    private final Map<String, Set<String>> labels = new HashMap<>();
    private final Set<String> counters = new HashSet<>();

    DashboardQueriesTest() {
        InstalledExporters.load().forEach(this::declare);
        for (var family : OwnFamily.all()) {
            declare(family.name(), family.labels(), family.type().equals("counter"));
            if (family.type().equals("summary")) {
                declare(family.name() + "_sum", family.labels(), true);
                declare(family.name() + "_count", family.labels(), true);
            }
        }
        declare("process_cpu_seconds_total", List.of(), true);
        declare("process_resident_memory_bytes", List.of(), false);
        declare("jvm_memory_used_bytes", List.of("area", "id"), false);
        Pattern.compile("record: (\\S+)")
                .matcher(new RuleFile(Level.L2, "", "").yaml())
                .results()
                .forEach(found -> declare(found.group(1), List.of("slo", "cluster", "component"), false));
        // Prometheus' own, with the labels of our alerts.
        declare("ALERTS", List.of("alertname", "alertstate", "severity", "layer", "component", "cluster"), false);
    }

    private void declare(Exporter<?> exporter) {
        exporter.families().forEach(family -> declare(family, List.of("cluster")));
        declare(exporter.up(), List.of("cluster", "node"));
        exporter.collectors()
                .forEach(spec -> spec.families().forEach(family -> declare(family, List.of("cluster", "node"))));
    }

    private void declare(Family family, List<String> ofTarget) {
        var all = Stream.concat(family.labels().stream(), ofTarget.stream()).toList();
        if (family.kind() == Family.Kind.HISTOGRAM) {
            declare(
                    family.name() + "_bucket",
                    Stream.concat(all.stream(), Stream.of("le")).toList(),
                    true);
        }
        declare(family.name(), all, family.kind() == Family.Kind.COUNTER);
    }

    private void declare(String name, Collection<String> own, boolean isCounter) {
        labels.computeIfAbsent(name, _ -> new TreeSet<>(Set.of("instance", "job")))
                .addAll(own);
        if (isCounter) {
            counters.add(name);
        }
    }

    private Set<String> labelsOf(String metric) {
        return labels.getOrDefault(metric, Set.of());
    }

    private static List<Query> queries() {
        return Dashboards.all(Level.L2).stream()
                .flatMap(dashboard -> Stream.of(
                                dashboard.panels().flatMap(panel -> panel.queries().stream()),
                                dashboard.variables().stream().map(Variable::asQuery),
                                dashboard.annotations().stream().map(Annotation::query))
                        .flatMap(some -> some))
                .distinct()
                .toList();
    }

    @Test
    void everyFamilyIsDeclaredAndHasTheLabelsThatAreMatched() {
        for (var query : queries()) {
            for (var selector : PromSelector.in(query.expr())) {
                assertThat(selector.metrics()).as(query.expr()).allMatch(labels::containsKey);
                for (var metric : selector.metrics()) {
                    assertThat(labelsOf(metric))
                            .as(metric + " in " + query.expr())
                            .containsAll(selector.matched());
                }
            }
        }
    }

    @Test
    void whatIsAggregatedByIsALabelOfWhatIsAggregated() {
        for (var query : queries()) {
            var kept = new HashMap<Around, Set<String>>();
            for (var selector : PromSelector.in(query.expr())) {
                for (var around : selector.around()) {
                    selector.metrics()
                            .forEach(metric -> kept.computeIfAbsent(around, _ -> new TreeSet<>())
                                    .addAll(labelsOf(metric)));
                }
            }
            kept.forEach((around, there) ->
                    assertThat(there).as(query.expr()).containsAll(around.by().orElse(List.of())));
        }
    }

    @Test
    void severalAgentsCountAsOne() {
        for (var query : queries()) {
            assertThat(PromSelector.in(query.expr()))
                    .as(query.expr())
                    .allMatch(selector ->
                            selector.around().stream().anyMatch(around -> AGGREGATIONS.contains(around.name())));
        }
    }

    @Test
    void countersAreAskedForOverTimeAndNothingElseIs() {
        for (var query : queries()) {
            for (var selector : PromSelector.in(query.expr())) {
                var function =
                        selector.around().stream().map(Around::name).findFirst().orElse("");
                boolean isCounter = selector.metrics().stream().anyMatch(counters::contains);
                assertThat(Set.of("rate", "increase").contains(function))
                        .as(selector.metrics() + " in " + query.expr())
                        .isEqualTo(isCounter);
                assertThat(OVER_TIME.contains(function))
                        .as(query.expr())
                        .isEqualTo(!selector.range().isEmpty());
                assertThat(selector.range()).as(query.expr()).isIn("", "[$__rate_interval]", "[$__range]");
                if (selector.range().equals("[$__range]")) {
                    assertThat(function).as(query.expr()).isIn("increase", "last_over_time");
                }
            }
        }
    }

    /** And so works for all clusters, or for one. */
    @Test
    void whatIsOfAClusterIsOfTheChosenOnes() {
        for (var dashboard : Dashboards.all(Level.L2)) {
            boolean canChoose = dashboard.variables().stream()
                    .anyMatch(variable -> variable.label().equals("cluster"));
            dashboard.panels().flatMap(panel -> panel.queries().stream()).forEach(query -> {
                for (var selector : PromSelector.in(query.expr())) {
                    boolean isOfACluster =
                            labelsOf(selector.metrics().getFirst()).contains("cluster");
                    assertThat(selector.matched().contains("cluster"))
                            .as(dashboard.uid() + ": " + query.expr())
                            .isEqualTo(isOfACluster && canChoose);
                }
            });
        }
    }

    @Test
    void legendsNameLabelsThatAreThere() {
        for (var query : queries()) {
            var named = Pattern.compile("\\{\\{([a-z_]+)}}")
                    .matcher(query.legend())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(kept(query)).as(query.expr()).containsAll(named);
        }
    }

    /** The labels of the outermost aggregations, which are those of the answer. */
    private static Set<String> kept(Query query) {
        var kept = new TreeSet<String>();
        PromSelector.in(query.expr())
                .forEach(selector -> selector.around().reversed().stream()
                        .filter(around -> around.by().isPresent())
                        .findFirst()
                        .ifPresent(around -> kept.addAll(around.by().orElseThrow())));
        return kept;
    }

    @Test
    void aRenamedFamilyWouldBeNoticed() {
        assertThat(PromSelector.in("sum by (a) (rate(x_total{b='1', c=~'$c'}[$__rate_interval])) / on (a) y > bool 0"))
                .extracting(PromSelector::metrics)
                .containsExactly(List.of("x_total"), List.of("y"));
        assertThat(labels.keySet()).doesNotContain("pg_upp").contains("pg_up");
        assertThat(Dashboards.all(Level.L2)).extracting(Dashboard::uid).hasSizeGreaterThan(8);
    }
}
