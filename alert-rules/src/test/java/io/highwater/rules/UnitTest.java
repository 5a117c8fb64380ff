// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static java.util.stream.Collectors.joining;

import io.highwater.core.Durations;
import io.highwater.core.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A test of promtool's for an alert at a level, made from the series that stand beside it. Cluster {@code a} becomes ill,
 * misses a scrape, and becomes well again; cluster {@code b} is well all the time. The alert fires not a moment too early
 * and not too late, for {@code a} alone, survives the scrape, and ends; at the edge, and without series, it is silent.
 */
final class UnitTest {

    private static final Duration WARM = Duration.ofMinutes(2);
    /** Evaluations between it fires and the scrape that is missed, and from there until all is well again. */
    private static final int UNTIL_GAP = 2;

    private static final int AFTER_GAP = 3;
    private static final int MOST_STEPS = 100;

    private final Alert alert;
    private final AlertTest test;
    private final Level level;
    private final Duration interval;

    private UnitTest(Alert alert, AlertTest test, Level level, Duration interval) {
        this.alert = alert;
        this.test = test;
        this.level = level;
        this.interval = interval;
    }

    /** All tests of an alert, for {@code rules}, a file in the same folder. */
    static String file(String rules, Alert alert, Level level) {
        var interval = interval(alert, level);
        var tests = alert.tests().stream()
                .map(test -> new UnitTest(alert, test, level, interval).yaml())
                .collect(joining());
        return "rule_files: [%s]\nevaluation_interval: %s\ntests:\n".formatted(rules, Durations.format(interval))
                + tests;
    }

    /** That of the level, but for what takes long: there, a multiple of it, so that promtool has less to evaluate. */
    static Duration interval(Alert alert, Level level) {
        var real = RuleFile.interval(level);
        var longest = alert.tests().stream()
                .map(test -> new UnitTest(alert, test, level, real))
                .map(test -> test.duration(test.test.warm())
                        .plus(test.duration(test.test.settle()))
                        .plus(test.duration(test.test.clear()))
                        .plus(alert.delay(level)))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return real.multipliedBy(Math.max(1, longest.dividedBy(real) / MOST_STEPS));
    }

    /** Only what decides whether it fires: what annotations say is no matter of these tests. */
    static String bareRule(String name, String expression, Duration delay, Duration keep, Map<String, String> labels) {
        return """
            groups:
              - name: g
                rules:
                  - alert: %s
                    expr: |
            %s
                    for: %s
            %s        labels: %s
            """.formatted(
                        name,
                        expression.indent(10).stripTrailing(),
                        Durations.format(delay),
                        keep.isZero() ? "" : "        keep_firing_for: " + Durations.format(keep) + "\n",
                        flow(labels));
    }

    private static String flow(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + ": '" + label.getValue() + "'")
                .collect(joining(", ", "{", "}"));
    }

    private String yaml() {
        return course() + edge() + missing();
    }

    private String course() {
        int warm = steps(duration(test.warm()).plus(WARM));
        int settle = steps(duration(test.settle()));
        int fires = warm + settle + steps(alert.delay(level));
        int gap = fires + UNTIL_GAP;
        int well = gap + AFTER_GAP;
        var keep = alert.keepFiring(level);
        boolean survives = !keep.isZero();
        int clear = steps(duration(test.clear())) + 2;
        int end = well + clear + steps(keep) + 1;
        var checks = new ArrayList<String>();
        checks.add(check(warm - 1, false));
        if (fires > warm + settle) {
            checks.add(check(fires - 1, false));
        }
        checks.add(check(fires, true));
        if (survives) {
            checks.add(check(gap, true));
        }
        checks.add(check(well - 1, !survives && !alert.delay(level).isZero() ? Optional.empty() : Optional.of(true)));
        if (survives) {
            checks.add(check(well + steps(keep) / 2, true));
        }
        checks.add(check(end, false));
        return group("ill", series(warm, gap, well, end), String.join("", checks));
    }

    private String edge() {
        int steps = steps(duration(test.warm())
                        .plus(WARM)
                        .plus(duration(test.settle()))
                        .plus(alert.delay(level)))
                + 10;
        var series = new StringBuilder();
        for (var one : test.series()) {
            series.append(input(one, "a", new Course().value(one.edge(), steps)));
        }
        return group("edge", series.toString(), check(steps - 1, false));
    }

    /** An alert on what is absent is ill without series, of course. */
    private String missing() {
        boolean onAbsence = test.series().stream().anyMatch(one -> one.ill().equals("-"));
        return onAbsence ? "" : group("missing", "      []\n", check(steps(WARM.plus(alert.delay(level))), false));
    }

    private String series(int warm, int gap, int well, int end) {
        var text = new StringBuilder();
        for (var one : test.series()) {
            var course = new Course()
                    .value(one.well(), warm)
                    .value(one.ill(), gap - warm)
                    .gap();
            course.value(one.ill(), well - gap - 1).value(one.well(), end - well + 1);
            text.append(input(one, "a", course));
            if (test.byCluster() && !one.selector().contains("cluster=")) {
                text.append(input(one, "b", new Course().value(one.well(), end + 1)));
            }
        }
        return text.toString();
    }

    /** As the series of a scrape, with job and instance, unless a rule has recorded it. */
    private String input(AlertTest.Series of, String cluster, Course course) {
        var labels = new TreeMap<String, String>();
        var parts = of.selector().split("[{}]", -1);
        if (parts.length > 1) {
            for (var label : parts[1].split(",", -1)) {
                labels.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
            }
        }
        if (!parts[0].contains(":")) {
            labels.putIfAbsent("job", "\"highwater\"");
            labels.putIfAbsent("instance", "\"h1\"");
        }
        if (test.byCluster()) {
            labels.putIfAbsent("cluster", '"' + cluster + '"');
        }
        var text = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(joining(",", parts[0] + "{", "}"));
        return "      - {series: '%s', values: '%s'}\n".formatted(text, course);
    }

    private String group(String name, String series, String checks) {
        return """
              - name: %s %s
                interval: %s
                input_series:
            %s    alert_rule_test:
            %s""".formatted(alert.name(), name, Durations.format(interval), series, checks);
    }

    private String check(int step, Optional<Boolean> fires) {
        return fires.map(known -> check(step, known)).orElse("");
    }

    private String check(int step, boolean fires) {
        var labels = new TreeMap<>(alert.labels());
        labels.putAll(test.labels());
        if (test.byCluster()) {
            labels.put("cluster", "a");
        }
        var expected = "[{exp_labels: " + flow(labels) + "}]";
        return "      - {eval_time: %s, alertname: %s, exp_alerts: %s}\n"
                .formatted(Durations.format(interval.multipliedBy(step)), alert.name(), fires ? expected : "[]");
    }

    private int steps(Duration duration) {
        return (int) Math.ceilDiv(duration.toMillis(), interval.toMillis());
    }

    /** Also in evaluations, as {@code 3i}, and less some, as {@code 10m-1i}. */
    private Duration duration(Optional<String> text) {
        var sum = Duration.ZERO;
        var parts = text.orElse("0").split("-", -1);
        for (int i = 0; i < parts.length; i++) {
            var part = duration(parts[i]);
            sum = i == 0 ? part : sum.minus(part);
        }
        return sum;
    }

    private Duration duration(String text) {
        return text.endsWith("i")
                ? interval.multipliedBy(Integer.parseInt(text.substring(0, text.length() - 1)))
                : Durations.parse(text).orElseThrow();
    }

    /** The samples of a series, in promtool's notation. */
    private final class Course {

        private final List<String> parts = new ArrayList<>();
        private double count;
        private boolean present;

        Course value(String value, int steps) {
            if (steps == 0) {
                return this;
            }
            if (value.equals("-")) {
                absent(steps);
            } else if (value.startsWith("+")) {
                double step = Double.parseDouble(value) * interval.toMillis() / 60_000;
                parts.add("%s+%sx%d".formatted(Alert.number(count + step), Alert.number(step), steps - 1));
                count += step * steps;
                present = true;
            } else {
                parts.add(alert.withThreshold(value, level) + "x" + (steps - 1));
                present = true;
            }
            return this;
        }

        private void absent(int steps) {
            if (present) {
                parts.add("stale");
                present = false;
                if (steps > 1) {
                    parts.add("_x" + (steps - 1));
                }
            } else {
                parts.add("_x" + steps);
            }
        }

        /** A scrape that fails. */
        Course gap() {
            parts.add(present ? "stale" : "_");
            return this;
        }

        @Override
        public String toString() {
            return String.join(" ", parts);
        }
    }
}
