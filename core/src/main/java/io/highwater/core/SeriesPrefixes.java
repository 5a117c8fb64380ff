// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rendered {@code name{labels} } of every series of one collector, kept from one collection to the next, since
 * labels change seldom and values always do. Series that a collection no longer has are forgotten. A histogram is one
 * series of several lines: its prefixes stand in one array, each with a newline after it.
 */
final class SeriesPrefixes {

    private final Target target;
    private Map<Family, Map<List<String>, byte[]>> known = new HashMap<>();

    SeriesPrefixes(Target target) {
        this.target = target;
    }

    /** The prefix of one series, from the collection before when it had the series. */
    byte[] prefix(Family family, List<String> labelValues) {
        var ofFamily = known.get(family);
        var cached = ofFamily == null ? null : ofFamily.get(labelValues);
        if (cached != null) {
            return cached;
        }
        return family.kind() == Family.Kind.HISTOGRAM
                ? renderHistogram(target, family, labelValues)
                : render(target, family, labelValues);
    }

    /** Keeps just the series of the collection that ended. */
    void keep(Map<Family, Map<List<String>, byte[]>> series) {
        known = series;
    }

    static byte[] render(Target target, Family family, List<String> labelValues) {
        var line = new StringBuilder();
        append(line, family.name(), target, family, labelValues, "");
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One prefix for each bound, one for {@code +Inf}, one for the sum and one for the count, in this order. */
    private static byte[] renderHistogram(Target target, Family family, List<String> labelValues) {
        var lines = new StringBuilder();
        for (var bound : family.bounds()) {
            append(lines, family.name() + "_bucket", target, family, labelValues, bound.toString());
            lines.append('\n');
        }
        append(lines, family.name() + "_bucket", target, family, labelValues, "+Inf");
        lines.append('\n');
        append(lines, family.name() + "_sum", target, family, labelValues, "");
        lines.append('\n');
        append(lines, family.name() + "_count", target, family, labelValues, "");
        return lines.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param le the upper bound of a bucket; empty for what is none */
    private static void append(
            StringBuilder line, String name, Target target, Family family, List<String> labelValues, String le) {
        line.append(name).append('{');
        label(line, "cluster", target.cluster());
        if (!target.node().isEmpty()) {
            label(line, "node", target.node());
        }
        for (int i = 0; i < labelValues.size(); i++) {
            label(line, family.labels().get(i), labelValues.get(i));
        }
        target.labels().forEach((configured, value) -> {
            if (!isOwn(family, configured)) {
                label(line, configured, value);
            }
        });
        label(line, "le", le);
        line.setCharAt(line.length() - 1, '}');
        line.append(' ');
    }

    private static boolean isOwn(Family family, String label) {
        return family.labels().contains(label) || (family.kind() == Family.Kind.HISTOGRAM && label.equals("le"));
    }

    /** Appends {@code name="value",}; nothing for an empty value, which to Prometheus is no label at all. */
    private static void label(StringBuilder line, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        line.append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '"' -> line.append("\\\"");
                case '\n' -> line.append("\\n");
                default -> line.append(c);
            }
        }
        line.append("\",");
    }
}
