// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana's dashboard-linter asks of a dashboard, and what we ask beyond it. Named as its rules where there is one. */
class LintTest {

    private static final String DATA_SOURCE = "{type=prometheus, uid=${datasource}}";

    /** 1080 pixels less the browser's and Grafana's bars, in units of 38 pixels. */
    private static final int SCREEN = 24;

    private static final Set<String> TYPES = Set.of("row", "stat", "timeseries", "state-timeline", "table");
    private static final Set<String> UNITS =
            Stream.of(Unit.values()).map(Unit::id).collect(toSet());

    /** Grafana's own, which no dashboard declares. */
    private static final Set<String> BUILT_IN =
            Set.of("__rate_interval", "__range", "__url_time_range", "__field", "__data");

    static List<Dashboard> dashboards() {
        return Dashboards.all(Level.L2);
    }

    @Test
    void uidsAndTitlesAreOfOneDashboardEach() {
        assertThat(dashboards())
                .extracting(Dashboard::uid)
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("highwater-[a-z]{2,29}"));
        assertThat(dashboards()).extracting(Dashboard::title).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void itIsNotEditedInGrafana(Dashboard dashboard) {
        var json = GrafanaJson.of(dashboard);
        assertThat(json).containsEntry("editable", false).containsEntry("id", Json.NULL);
        assertThat(dashboard.description()).isNotBlank();
        assertThat(json.get("tags")).isEqualTo(List.of("highwater"));
        assertThat(objects(json, "links"))
                .singleElement()
                .satisfies(link -> assertThat(link)
                        .containsEntry("type", "dashboards")
                        .containsEntry("asDropdown", true)
                        .containsEntry("keepTime", true)
                        .containsEntry("includeVars", true));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void templateDatasourceAndTemplateOnTimeChangeReload(Dashboard dashboard) {
        var variables = objects(object(GrafanaJson.of(dashboard), "templating"), "list");
        assertThat(variables.getFirst()).containsEntry("name", "datasource").containsEntry("query", "prometheus");
        assertThat(variables.subList(1, variables.size())).allSatisfy(variable -> {
            assertThat(String.valueOf(variable.get("datasource"))).isEqualTo(DATA_SOURCE);
            assertThat(variable)
                    .containsEntry("refresh", 2)
                    .containsEntry("multi", true)
                    .containsEntry("includeAll", true)
                    .containsEntry("allValue", ".*");
            assertThat(String.valueOf(variable.get("definition"))).matches("label_values\\(.+, [a-z_]+\\)");
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelDatasourceTitleDescriptionUnitsAndThresholds(Dashboard dashboard) {
        var panels = panels(dashboard);
        assertThat(panels).extracting(panel -> panel.get("id")).doesNotHaveDuplicates();
        assertThat(panels).extracting(panel -> panel.get("type")).isSubsetOf(TYPES);
        assertThat(panels).filteredOn(panel -> !isRow(panel)).allSatisfy(panel -> {
            assertThat(panel.get("title")).asString().isNotBlank();
            assertThat(panel.get("description")).asString().endsWith(".").hasSizeGreaterThan(10);
            assertThat(String.valueOf(panel.get("datasource"))).isEqualTo(DATA_SOURCE);
            var defaults = object(object(panel, "fieldConfig"), "defaults");
            assertThat(defaults.get("unit")).isIn(UNITS);
            assertThat(defaults.get("noValue")).asString().isNotBlank();
            assertThat(objects(object(defaults, "thresholds"), "steps")).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void titlesAreOfOnePanelOfARowEach(Dashboard dashboard) {
        assertThat(dashboard.rows())
                .allSatisfy(
                        row -> assertThat(row.panels()).extracting(Panel::title).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelNoTargetsAndTargetDatasource(Dashboard dashboard) {
        assertThat(panels(dashboard)).filteredOn(panel -> !isRow(panel)).allSatisfy(panel -> {
            var targets = objects(panel, "targets");
            assertThat(targets).isNotEmpty();
            assertThat(targets).extracting(target -> target.get("refId")).doesNotHaveDuplicates();
            assertThat(targets).allSatisfy(target -> {
                assertThat(String.valueOf(target.get("datasource"))).isEqualTo(DATA_SOURCE);
                assertThat(target.get("expr")).asString().isNotBlank().doesNotContain("  ");
            });
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void severalSeriesHaveALegend(Dashboard dashboard) {
        assertThat(dashboard.panels())
                .filteredOn(panel -> !(panel.view() instanceof View.Table))
                .flatExtracting(Panel::queries)
                .extracting(Query::legend)
                .allMatch(legend -> !legend.isBlank());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aTableHasAColumnForEachQuery(Dashboard dashboard) {
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            if (panel.view() instanceof View.Table(var columns)) {
                var values = columns.stream()
                        .filter(Column::isValue)
                        .map(Column::field)
                        .toList();
                assertThat(values)
                        .isSubsetOf("A", "B", "C", "D", "E")
                        .hasSizeLessThanOrEqualTo(panel.queries().size());
                assertThat(values.isEmpty() || values.size() == panel.queries().size())
                        .as(panel.title())
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variablesThatAreUsedAreThere(Dashboard dashboard) {
        var declared = new HashSet<>(BUILT_IN);
        declared.add("datasource");
        dashboard.variables().forEach(variable -> declared.add(variable.label()));
        var used = Pattern.compile("\\$\\{?([a-zA-Z_]+)")
                .matcher(GrafanaJson.text(dashboard).replace("\"$__all\"", "").replaceAll("\"uid\": \"[^\"]*\"", ""))
                .results()
                .map(found -> found.group(1))
                .collect(toSet());
        assertThat(used).isSubsetOf(declared);
        dashboard
                .variables()
                .forEach(variable -> assertThat(used.contains(variable.label()))
                        .as(variable.label() + " chooses something")
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void linksLeadToADashboardAndFillVariablesOfIt(Dashboard dashboard) {
        for (var link : links(dashboard)) {
            var path = Pattern.compile("/d/([a-z-]+)\\?(.*)").matcher(link.path());
            assertThat(path.matches()).as(link.path()).isTrue();
            assertThat(path.group(2)).contains("${__url_time_range}");
            var to = dashboards().stream()
                    .filter(one -> one.uid().equals(path.group(1)))
                    .findFirst()
                    .orElseThrow();
            var variables = Stream.concat(
                            Stream.of("datasource"), to.variables().stream().map(Variable::label))
                    .collect(toSet());
            assertThat(Pattern.compile("var-([a-z_]+)=")
                            .matcher(link.path())
                            .results()
                            .map(found -> found.group(1)))
                    .isSubsetOf(variables);
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void theFirstScreenIsOneScreenAndTheRestIsFolded(Dashboard dashboard) {
        int open = 0;
        for (var row : dashboard.rows()) {
            open += row.folded() ? 0 : 1;
            assertThat(row.folded())
                    .as("open rows first: " + row.title())
                    .isEqualTo(open < dashboard.rows().indexOf(row) + 1);
        }
        assertThat(dashboard.rows().getFirst().title()).isEqualTo("Problems now");
        int bottom = panels(dashboard).stream()
                .filter(panel -> !isRow(panel))
                .filter(panel -> objects(GrafanaJson.of(dashboard), "panels").stream()
                        .anyMatch(top -> Objects.equals(top.get("id"), panel.get("id"))))
                .map(panel -> object(panel, "gridPos"))
                .mapToInt(place ->
                        (int) Objects.requireNonNull(place.get("y")) + (int) Objects.requireNonNull(place.get("h")))
                .max()
                .orElseThrow();
        assertThat(bottom).isLessThanOrEqualTo(SCREEN);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void noPanelLiesOnAnother(Dashboard dashboard) {
        var taken = new HashSet<List<Integer>>();
        for (var panel : panels(dashboard)) {
            if (!isRow(panel)) {
                var place = object(panel, "gridPos");
                assertThat(number(place, "x") + number(place, "w")).isLessThanOrEqualTo(24);
                // Folded rows open over those that follow, so a place is one of its row.
                for (int x = 0; x < number(place, "w"); x++) {
                    for (int y = 0; y < number(place, "h"); y++) {
                        var cell = List.of(row(dashboard, panel), number(place, "x") + x, number(place, "y") + y);
                        assertThat(taken.add(cell))
                                .as(String.valueOf(panel.get("title")))
                                .isTrue();
                    }
                }
            }
        }
    }

    /** Which row the panel is in, or -1 on the first screen. */
    private static int row(Dashboard dashboard, Map<String, Object> panel) {
        for (int i = 0; i < dashboard.rows().size(); i++) {
            var row = dashboard.rows().get(i);
            if (row.folded()
                    && row.panels().stream()
                            .anyMatch(one -> one.title().equals(panel.get("title"))
                                    && one.description().equals(panel.get("description")))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isRow(Map<String, Object> panel) {
        return "row".equals(panel.get("type"));
    }

    private static int number(Map<String, Object> of, String key) {
        return (int) Objects.requireNonNull(of.get(key));
    }

    private static List<Link> links(Dashboard dashboard) {
        var links = new ArrayList<Link>();
        dashboard.panels().forEach(panel -> {
            links.addAll(panel.links());
            if (panel.view() instanceof View.Table(var columns)) {
                columns.forEach(column -> links.addAll(column.links()));
            }
        });
        return links;
    }

    /** Those of folded rows, too. */
    private static List<Map<String, Object>> panels(Dashboard dashboard) {
        var all = new ArrayList<Map<String, Object>>();
        for (var panel : objects(GrafanaJson.of(dashboard), "panels")) {
            all.add(panel);
            if (isRow(panel)) {
                all.addAll(objects(panel, "panels"));
            }
        }
        return all;
    }

    @SuppressWarnings("unchecked") // as GrafanaJson makes it
    private static List<Map<String, Object>> objects(Map<String, Object> of, String key) {
        return (List<Map<String, Object>>) Objects.requireNonNull(of.get(key));
    }

    @SuppressWarnings("unchecked") // as GrafanaJson makes it
    private static Map<String, Object> object(Map<String, Object> of, String key) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(key));
    }
}
