// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.util.ArrayList;
import java.util.List;

/**
 * What autoscalers are to be compared in.
 *
 * @param start replicas that there are at first
 * @param scripts of each metric what looks see of it, the last one from then on
 * @param looks that are compared
 */
record Scenario(String name, HpaSpec spec, int start, List<List<MetricResult>> scripts, int looks) {

    /**
     * @param scripts numbers such as {@code "30x4 error 100+20"}: four times 30, then no number, then two items
     */
    static Scenario of(String name, HpaSpec spec, int start, int looks, String... scripts) {
        return new Scenario(
                name,
                spec,
                start,
                List.of(scripts).stream().map(Scenario::parse).toList(),
                looks);
    }

    private static List<MetricResult> parse(String script) {
        var results = new ArrayList<MetricResult>();
        for (var word : script.split(" ", -1)) {
            var parts = word.split("x", 2);
            int times = parts.length == 2 ? Integer.parseInt(parts[1]) : 1;
            for (int i = 0; i < times; i++) {
                results.add(result(parts[0]));
            }
        }
        return results;
    }

    private static MetricResult result(String word) {
        return switch (word) {
            case "error" -> new MetricResult.Failed("there is no number");
            case "none" -> new MetricResult.Values(List.of());
            default ->
                new MetricResult.Values(List.of(word.split("\\+", -1)).stream()
                        .map(number -> MetricResult.milli(Double.parseDouble(number)))
                        .toList());
        };
    }

    MetricResult result(int metric, int look) {
        var script = scripts.get(metric);
        return script.get(Math.min(look, script.size() - 1));
    }

    int indexOf(String metric) {
        return spec.metrics().stream().map(MetricSpec::name).toList().indexOf(metric);
    }

    /** Whether ready pods count. */
    boolean countsReadyPods() {
        return spec.metrics().stream().anyMatch(metric -> !(metric instanceof MetricSpec.PerReplica));
    }
}
