// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Json.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A dashboard as Grafana's classic JSON, which every version since 9 imports. */
public final class GrafanaJson {

    static final Map<String, Object> DATA_SOURCE = object("type", "prometheus", "uid", "${datasource}");

    private static final int SCHEMA = 39;
    private static final int COLUMNS = 24;

    private GrafanaJson() {}

    /** The file's text. */
    public static String text(Dashboard dashboard) {
        return Json.text(of(dashboard));
    }

    static Map<String, Object> of(Dashboard dashboard) {
        return object(
                "id", Json.NULL,
                "uid", dashboard.uid(),
                "title", dashboard.title(),
                "description", dashboard.description(),
                "tags", List.of(Dashboard.TAG),
                "editable", false,
                "graphTooltip", 1,
                "refresh", "30s",
                "schemaVersion", SCHEMA,
                "version", 1,
                "timezone", "",
                "time", object("from", "now-1h", "to", "now"),
                "timepicker", object(),
                "links", List.of(others()),
                "templating", object("list", variables(dashboard)),
                "annotations",
                        object(
                                "list",
                                dashboard.annotations().stream()
                                        .map(GrafanaJson::annotation)
                                        .toList()),
                "panels", panels(dashboard));
    }

    /** The drop-down of all dashboards, which keeps what is chosen and when. */
    private static Map<String, Object> others() {
        return object(
                "type",
                "dashboards",
                "title",
                "Highwater",
                "tags",
                List.of(Dashboard.TAG),
                "asDropdown",
                true,
                "includeVars",
                true,
                "keepTime",
                true,
                "targetBlank",
                false,
                "icon",
                "external link",
                "tooltip",
                "The other dashboards",
                "url",
                "");
    }

    private static List<Map<String, Object>> variables(Dashboard dashboard) {
        var source = object(
                "type",
                "datasource",
                "name",
                "datasource",
                "label",
                "Data source",
                "query",
                "prometheus",
                "regex",
                "",
                "hide",
                0,
                "refresh",
                1,
                "multi",
                false,
                "includeAll",
                false,
                "current",
                object(),
                "options",
                List.of(),
                "skipUrlSync",
                false);
        return Stream.concat(Stream.of(source), dashboard.variables().stream().map(GrafanaJson::variable))
                .toList();
    }

    private static Map<String, Object> variable(Variable variable) {
        return object(
                "type",
                "query",
                "name",
                variable.label(),
                "label",
                variable.title(),
                "datasource",
                DATA_SOURCE,
                "definition",
                variable.query(),
                "query",
                object("query", variable.query(), "refId", "StandardVariableQuery"),
                "regex",
                "",
                "hide",
                0,
                "refresh",
                2, // when the range of time changes
                "sort",
                1,
                "multi",
                true,
                "includeAll",
                true,
                "allValue",
                ".*",
                "current",
                object("selected", true, "text", List.of("All"), "value", List.of("$__all")),
                "options",
                List.of(),
                "skipUrlSync",
                false);
    }

    private static Map<String, Object> annotation(Annotation annotation) {
        return object(
                "name",
                annotation.name(),
                "enable",
                true,
                "hide",
                false,
                "datasource",
                DATA_SOURCE,
                "expr",
                annotation.query().expr(),
                "step",
                "30s",
                "titleFormat",
                annotation.title(),
                "textFormat",
                "",
                "tagKeys",
                "",
                "useValueForTime",
                annotation.momentsAreValues() ? "on" : false,
                "iconColor",
                annotation.colour().theme());
    }

    /** Panels from left to right and from top to bottom, in the order in which they are named. */
    private static List<Map<String, Object>> panels(Dashboard dashboard) {
        var all = new ArrayList<Map<String, Object>>();
        int id = 1;
        int y = 0;
        for (var row : dashboard.rows()) {
            int rowId = id++;
            var inside = new ArrayList<Map<String, Object>>();
            int x = 0;
            int line = y + 1;
            int bottom = line;
            for (var panel : row.panels()) {
                if (x + panel.width() > COLUMNS) {
                    x = 0;
                    line = bottom;
                }
                inside.add(PanelJson.of(panel, id++, place(x, line, panel.width(), panel.height())));
                x += panel.width();
                bottom = Math.max(bottom, line + panel.height());
            }
            all.add(row(row, rowId, y, row.folded() ? inside : List.of()));
            if (!row.folded()) {
                all.addAll(inside);
            }
            y = row.folded() ? y + 1 : bottom;
        }
        return all;
    }

    private static Map<String, Object> row(Row row, int id, int y, List<Map<String, Object>> inside) {
        return object(
                "id",
                id,
                "type",
                "row",
                "title",
                row.title(),
                "collapsed",
                row.folded(),
                "gridPos",
                place(0, y, COLUMNS, 1),
                "panels",
                inside);
    }

    private static Map<String, Object> place(int x, int y, int width, int height) {
        return object("x", x, "y", y, "w", width, "h", height);
    }
}
