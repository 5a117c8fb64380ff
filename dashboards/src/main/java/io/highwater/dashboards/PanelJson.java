// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Json.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A panel as Grafana's classic JSON. */
final class PanelJson {

    private PanelJson() {}

    static Map<String, Object> of(Panel panel, int id, Map<String, Object> place) {
        var json = object(
                "id", id,
                "type", panel.view().type(),
                "title", panel.title(),
                "description", panel.description(),
                "datasource", GrafanaJson.DATA_SOURCE,
                "gridPos", place,
                "targets", targets(panel),
                "fieldConfig", object("defaults", defaults(panel), "overrides", overrides(panel)),
                "options", options(panel.view()));
        if (panel.view() instanceof View.Table table) {
            json.put("transformations", transformations(table, panel.queries().size()));
        }
        return json;
    }

    private static List<Map<String, Object>> targets(Panel panel) {
        return IntStream.range(0, panel.queries().size())
                .mapToObj(i -> target(panel, i))
                .toList();
    }

    private static Map<String, Object> target(Panel panel, int index) {
        var query = panel.queries().get(index);
        boolean instant = panel.view().isInstant();
        return object(
                "refId",
                letter(index),
                "datasource",
                GrafanaJson.DATA_SOURCE,
                "editorMode",
                "code",
                "expr",
                query.expr(),
                "legendFormat",
                query.legend(),
                "instant",
                instant,
                "range",
                !instant,
                "format",
                panel.view() instanceof View.Table ? "table" : "time_series");
    }

    private static String letter(int index) {
        return String.valueOf((char) ('A' + index));
    }

    private static Map<String, Object> defaults(Panel panel) {
        var defaults = object(
                "unit", panel.unit().id(),
                "noValue", panel.noValue(),
                "color", object("mode", colours(panel)),
                "thresholds", thresholds(panel.thresholds()),
                "mappings", mappings(panel.states()),
                "links", links(panel.links()));
        switch (panel.view()) {
            case View.Timeseries lines -> defaults.put("custom", drawing(panel, lines.stacked()));
            case View.StateTimeline _ -> defaults.put("custom", object("fillOpacity", 70, "lineWidth", 0));
            case View.Table _ ->
                defaults.put(
                        "custom", object("align", "auto", "cellOptions", object("type", "auto"), "filterable", false));
            case View.Stat _ -> {}
        }
        return defaults;
    }

    private static String colours(Panel panel) {
        return panel.view() instanceof View.Timeseries ? "palette-classic" : "thresholds";
    }

    private static Map<String, Object> drawing(Panel panel, boolean stacked) {
        return object(
                "drawStyle",
                "line",
                "lineWidth",
                1,
                "fillOpacity",
                stacked ? 30 : 5,
                "showPoints",
                "never",
                "spanNulls",
                false,
                "axisSoftMin",
                0,
                "stacking",
                object("mode", stacked ? "normal" : "none", "group", "A"),
                "thresholdsStyle",
                object("mode", panel.thresholds().steps().isEmpty() ? "off" : "dashed"));
    }

    private static Map<String, Object> thresholds(Thresholds thresholds) {
        var steps = new ArrayList<Map<String, Object>>();
        steps.add(object("color", thresholds.base().theme(), "value", Json.NULL));
        thresholds
                .steps()
                .forEach(step -> steps.add(object("color", step.colour().theme(), "value", step.from())));
        return object("mode", "absolute", "steps", steps);
    }

    private static List<Map<String, Object>> mappings(List<State> states) {
        if (states.isEmpty()) {
            return List.of();
        }
        var options = new LinkedHashMap<String, Object>();
        for (var state : states) {
            options.put(
                    number(state.value()),
                    object("text", state.text(), "color", state.colour().theme(), "index", options.size()));
        }
        return List.of(object("type", "value", "options", options));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static List<Map<String, Object>> links(List<Link> links) {
        return links.stream()
                .map(link -> object("title", link.title(), "url", link.path(), "targetBlank", false))
                .toList();
    }

    private static List<Map<String, Object>> overrides(Panel panel) {
        return panel.view() instanceof View.Table(var columns)
                ? columns.stream().map(PanelJson::override).toList()
                : List.of();
    }

    private static Map<String, Object> override(Column column) {
        var properties = new ArrayList<Map<String, Object>>();
        properties.add(property("unit", column.unit().id()));
        if (column.unit() == Unit.RATIO) {
            properties.add(property("decimals", 2)); // or 99.95 % would be shown as 100 %
        }
        if (column.isValue() && !column.thresholds().equals(Thresholds.NONE)) {
            properties.add(property("thresholds", thresholds(column.thresholds())));
            properties.add(property("custom.cellOptions", object("type", "color-text")));
        }
        if (!column.states().isEmpty()) {
            properties.add(property("mappings", mappings(column.states())));
        }
        if (!column.links().isEmpty()) {
            properties.add(property("links", links(column.links())));
        }
        return object("matcher", object("id", "byName", "options", column.title()), "properties", properties);
    }

    private static Map<String, Object> property(String id, Object value) {
        return object("id", id, "value", value);
    }

    private static Map<String, Object> options(View view) {
        return switch (view) {
            case View.Stat _ ->
                object(
                        "reduceOptions", object("calcs", List.of("lastNotNull"), "fields", "", "values", false),
                        "colorMode", "background",
                        "graphMode", "none",
                        "justifyMode", "auto",
                        "orientation", "auto",
                        "textMode", "auto");
            case View.Timeseries _ ->
                object(
                        "legend",
                                object(
                                        "showLegend",
                                        true,
                                        "displayMode",
                                        "table",
                                        "placement",
                                        "bottom",
                                        "calcs",
                                        List.of("lastNotNull", "max")),
                        "tooltip", object("mode", "multi", "sort", "desc"));
            case View.StateTimeline _ ->
                object(
                        "mergeValues",
                        true,
                        "showValue",
                        "auto",
                        "alignValue",
                        "left",
                        "rowHeight",
                        0.8,
                        "legend",
                        object("showLegend", false, "displayMode", "list", "placement", "bottom"),
                        "tooltip",
                        object("mode", "single", "sort", "none"));
            case View.Table _ -> object("showHeader", true, "cellHeight", "sm", "footer", object("show", false));
        };
    }

    /** One row for each set of labels, and the columns in their order and under their titles. */
    private static List<Map<String, Object>> transformations(View.Table table, int queries) {
        var order = new LinkedHashMap<String, Object>();
        var titles = new LinkedHashMap<String, Object>();
        for (var column : table.columns()) {
            var field = field(column, queries);
            order.put(field, order.size());
            titles.put(field, column.title());
        }
        return List.of(
                object("id", "merge", "options", object()),
                object(
                        "id",
                        "organize",
                        "options",
                        object("excludeByName", object("Time", true), "indexByName", order, "renameByName", titles)));
    }

    /** What Grafana calls the column after merging. */
    private static String field(Column column, int queries) {
        return column.isValue() ? (queries == 1 ? "Value" : "Value #" + column.field()) : column.field();
    }
}
