// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rendered {@code name{labels} } of every series of one collector, kept from one collection to the next, since
 * labels change seldom and values always do. Series that a collection no longer has are forgotten.
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
        return cached != null ? cached : render(target, family, labelValues);
    }

    /** Keeps just the series of the collection that ended. */
    void keep(Map<Family, Map<List<String>, byte[]>> series) {
        known = series;
    }

    static byte[] render(Target target, Family family, List<String> labelValues) {
        var line = new StringBuilder(family.name()).append('{');
        label(line, "cluster", target.cluster());
        if (!target.node().isEmpty()) {
            label(line, "node", target.node());
        }
        for (int i = 0; i < labelValues.size(); i++) {
            label(line, family.labels().get(i), labelValues.get(i));
        }
        target.labels().forEach((name, value) -> {
            if (!family.labels().contains(name)) {
                label(line, name, value);
            }
        });
        line.setCharAt(line.length() - 1, '}');
        return line.append(' ').toString().getBytes(StandardCharsets.UTF_8);
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
