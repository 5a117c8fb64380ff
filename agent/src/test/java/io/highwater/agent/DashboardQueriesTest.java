// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.PromSelector.Around;
import io.highwater.core.Level;
import io.highwater.dashboards.Annotation;
import io.highwater.dashboards.Dashboard;
import io.highwater.dashboards.Dashboards;
import io.highwater.dashboards.Query;
import io.highwater.dashboards.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every query of every dashboard asks for families that are declared, by labels that they have, as their kind is asked for. */
class DashboardQueriesTest {

    private static final Set<String> OVER_TIME = Set.of("rate", "increase", "deriv", "last_over_time");
    /** What may look at all of the time that is shown. */
    private static final Set<String> WHOLE = Set.of("increase", "last_over_time");

    private static final Set<String> AGGREGATIONS = Set.of("max", "min", "sum", "count", "topk", "group");

    private final DeclaredSeries declared = new DeclaredSeries();

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
                assertThat(selector.metrics()).as(query.expr()).allMatch(declared::has);
                for (var metric : selector.metrics()) {
                    assertThat(declared.labelsOf(metric))
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
                                    .addAll(declared.labelsOf(metric)));
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
                boolean isCounter = selector.metrics().stream().anyMatch(declared::isCounter);
                assertThat(Set.of("rate", "increase").contains(function))
                        .as(selector.metrics() + " in " + query.expr())
                        .isEqualTo(isCounter);
                assertThat(OVER_TIME.contains(function))
                        .as(query.expr())
                        .isEqualTo(!selector.range().isEmpty());
                assertThat(selector.range()).as(query.expr()).isIn("", "[$__rate_interval]", "[$__range]");
                assertThat(selector.range().equals("[$__range]") && !WHOLE.contains(function))
                        .as(query.expr())
                        .isFalse();
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
                            declared.labelsOf(selector.metrics().getFirst()).contains("cluster");
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
        assertThat(declared.has("pg_upp")).isFalse();
        assertThat(declared.has("pg_up")).isTrue();
        assertThat(Dashboards.all(Level.L2)).extracting(Dashboard::uid).hasSizeGreaterThan(8);
    }
}
