// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.nio.charset.StandardCharsets;

/** The two text formats that Prometheus reads. Sample lines are the same in both; headers and the end differ. */
public enum TextFormat {
    /** {@code text/plain; version=0.0.4}. */
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    /** {@code application/openmetrics-text; version=1.0.0}. */
    OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    TextFormat(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }

    /** The format that an {@code Accept} header asks for. */
    public static TextFormat accepted(String acceptHeader) {
        return acceptHeader.contains("application/openmetrics-text") ? OPENMETRICS : PROMETHEUS;
    }

    /** The {@code HELP} and {@code TYPE} lines. */
    byte[] header(Family family) {
        var name = this == OPENMETRICS ? openMetricsName(family) : family.name();
        var header = "# HELP " + name + " " + escape(family.help()) + "\n# TYPE " + name + " " + type(family) + "\n";
        return header.getBytes(StandardCharsets.UTF_8);
    }

    private String type(Family family) {
        return switch (family.kind()) {
            case GAUGE -> "gauge";
            // OpenMetrics knows no counter without _total.
            case COUNTER -> this == OPENMETRICS && !family.name().endsWith("_total") ? "unknown" : "counter";
            case INFO -> this == OPENMETRICS ? "info" : "gauge";
            case HISTOGRAM -> "histogram";
        };
    }

    private static String openMetricsName(Family family) {
        return switch (family.kind()) {
            case GAUGE, HISTOGRAM -> family.name();
            case COUNTER -> without("_total", family.name());
            case INFO -> without("_info", family.name());
        };
    }

    private static String without(String suffix, String name) {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }

    private String escape(String help) {
        var escaped = help.replace("\\", "\\\\").replace("\n", "\\n");
        return this == OPENMETRICS ? escaped.replace("\"", "\\\"") : escaped;
    }
}
