// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import io.highwater.core.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An alert: what it means, when it fires, and who is told. All that is made of alerts, rule files, the chart, pages and
 * the thresholds of dashboards, is made from this.
 *
 * @param name in camel case, the backend first
 * @param group which file it is from, such as {@code postgres}
 * @param component the label {@code component}; empty when its series have one, or none fits
 * @param means one sentence for people
 * @param template the expression in PromQL, with {@code $threshold}
 * @param thresholds the threshold of each level; empty when there is none
 * @param delays how long the expression holds until the alert fires, at each level: its {@code for}
 * @param summary one sentence without numbers, with Prometheus' templates
 * @param description its value, what follows, and what to look at, with Prometheus' templates and {@code $threshold}
 * @param dashboard the uid of the dashboard that shows what it is about
 * @param needs an expression without which it cannot fire, so that somebody must be told when it is absent; critical
 *     alerts have one
 * @param tests series that prove it
 */
public record Alert(
        String name,
        String group,
        Optional<String> component,
        String means,
        Severity severity,
        Layer layer,
        String template,
        Map<Level, Double> thresholds,
        Map<Level, Duration> delays,
        String summary,
        String description,
        String dashboard,
        Optional<String> needs,
        List<AlertTest> tests) {

    static final String THRESHOLD = "$threshold";

    public Alert {
        thresholds = Map.copyOf(thresholds);
        delays = Map.copyOf(delays);
        tests = List.copyOf(tests);
        boolean named = template.contains(THRESHOLD);
        if (named == thresholds.isEmpty()) {
            throw new IllegalArgumentException(name
                    + (named ? " has no threshold" : " has a threshold that its expr does not name") + ": " + template);
        }
    }

    /** What the expression compares with, in the unit of its value. */
    public OptionalDouble threshold(Level level) {
        var threshold = thresholds.get(level);
        return threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold);
    }

    /** How long the expression holds until the alert fires. */
    public Duration delay(Level level) {
        return delays.getOrDefault(level, Duration.ZERO);
    }

    /**
     * How long it goes on after its expression has ended. A page outlives those that it explains, which recover a little
     * later: or they would page as soon as it has ended.
     */
    public Duration keepFiring(Level level) {
        var keep = severity.keepFiring(level);
        return severity == Severity.CRITICAL ? keep.multipliedBy(layer.keeps()) : keep;
    }

    /** The expression in PromQL. */
    public String expression(Level level) {
        return withThreshold(template, level);
    }

    /** The text with the level's threshold in place of {@code $threshold}. */
    String withThreshold(String text, Level level) {
        var threshold = threshold(level);
        return threshold.isEmpty() ? text : text.replace(THRESHOLD, number(threshold.getAsDouble()));
    }

    /** As people write it: no exponent, no useless zeros. */
    static String number(double value) {
        var plain = BigDecimal.valueOf(value).stripTrailingZeros();
        return (plain.signum() == 0 ? BigDecimal.ZERO : plain).toPlainString();
    }

    /** The labels that it has beside those of its series. */
    public Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("severity", severity.label());
        labels.put("layer", layer.label());
        component.ifPresent(name -> labels.put("component", name));
        return labels;
    }
}
