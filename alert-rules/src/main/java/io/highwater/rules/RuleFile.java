// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static java.util.stream.Collectors.toMap;

import io.highwater.core.Durations;
import io.highwater.core.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prometheus' rule file for clusters of a level: recording rules and alerts.
 *
 * @param runbooks where the runbooks are, without a slash at the end: the agent serves them at {@code /runbooks}
 * @param grafana where Grafana is, without a slash at the end
 */
public record RuleFile(Level level, String runbooks, String grafana) {

    /** How often Prometheus is to scrape the agent, and to evaluate these rules. */
    public static Duration interval(Level level) {
        return switch (level) {
            case L1 -> Duration.ofSeconds(15);
            case L2 -> Duration.ofSeconds(5);
            case L3 -> Duration.ofSeconds(2);
        };
    }

    /** The file's text. */
    public String yaml() {
        var groups = new ArrayList<Map<String, Object>>();
        for (var group : Records.all()) {
            groups.add(group(
                    group.name(),
                    group.interval(),
                    group.rules().stream().map(RuleFile::record).toList()));
        }
        for (var name : Alerts.GROUPS) {
            groups.add(group(
                    groupName(name),
                    Durations.format(interval(level)),
                    Alerts.all().stream()
                            .filter(alert -> alert.group().equals(name))
                            .map(this::rule)
                            .toList()));
        }
        return """
            # Rules for Prometheus 2.42 or newer, level %s. Written by highwater rules: what is changed here is lost with the next time.
            # Scrape the agent as often as the groups of alerts are evaluated.
            """.formatted(level) + YamlText.of(Map.of("groups", groups));
    }

    /** The recording rules: the expression of each name. */
    public static Map<String, String> recorded() {
        return Records.all().stream()
                .flatMap(group -> group.rules().stream())
                .collect(toMap(Records.Rule::name, Records.Rule::expression));
    }

    static String groupName(String group) {
        return "highwater-" + group;
    }

    static Map<String, Object> record(Records.Rule of) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("record", of.name());
        rule.put("expr", of.expression());
        if (!of.labels().isEmpty()) {
            rule.put("labels", new TreeMap<>(of.labels()));
        }
        return rule;
    }

    private static Map<String, Object> group(String name, String interval, List<Map<String, Object>> rules) {
        var group = new LinkedHashMap<String, Object>();
        group.put("name", name);
        group.put("interval", interval);
        group.put("rules", rules);
        return group;
    }

    private Map<String, Object> rule(Alert alert) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("alert", alert.name());
        rule.put("expr", alert.expression(level));
        rule.put("for", Durations.format(alert.delay(level)));
        var keep = alert.keepFiring(level);
        if (!keep.isZero()) {
            rule.put("keep_firing_for", Durations.format(keep));
        }
        rule.put("labels", alert.labels());
        rule.put("annotations", annotations(alert));
        return rule;
    }

    private Map<String, String> annotations(Alert alert) {
        var annotations = new LinkedHashMap<String, String>();
        annotations.put("summary", alert.summary());
        annotations.put("description", alert.withThreshold(alert.description(), level));
        annotations.put("runbook_url", runbooks + "/" + Runbooks.of(alert));
        annotations.put("dashboard_url", grafana + "/d/" + alert.dashboard() + "?var-cluster={{ $labels.cluster }}");
        return annotations;
    }
}
