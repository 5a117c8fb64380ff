// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import io.highwater.core.Durations;
import io.highwater.core.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The alerts and recording rules as the chart reads them, which makes rules of them with what its values change. */
final class ChartAlerts {

    private ChartAlerts() {}

    /** The text of {@code helm/highwater/files/alerts.yaml}. */
    static String yaml() {
        var file = new LinkedHashMap<String, Object>();
        file.put("intervals", byLevel(level -> Durations.format(RuleFile.interval(level))));
        file.put("groups", Records.all().stream().map(ChartAlerts::group).toList());
        file.put("alerts", Alerts.all().stream().map(ChartAlerts::alert).toList());
        return "# Made from alert-rules by its tests with -Drules.renew; what is changed here is lost.\n"
                + YamlText.of(file);
    }

    private static Map<String, Object> group(Records.Group of) {
        var group = new LinkedHashMap<String, Object>();
        group.put("name", of.name());
        group.put("interval", of.interval());
        group.put("rules", of.rules().stream().map(RuleFile::record).toList());
        return group;
    }

    private static Map<String, Object> alert(Alert of) {
        var alert = new LinkedHashMap<String, Object>();
        alert.put("name", of.name());
        alert.put("group", RuleFile.groupName(of.group()));
        alert.put("expr", of.template());
        if (!of.thresholds().isEmpty()) {
            alert.put("threshold", byLevel(level -> of.threshold(level).orElseThrow()));
        }
        alert.put("for", byLevel(level -> Durations.format(of.delay(level))));
        alert.put("keepFiringFor", byLevel(level -> Durations.format(of.keepFiring(level))));
        alert.put("labels", of.labels());
        var annotations = new LinkedHashMap<String, Object>();
        annotations.put("summary", of.summary());
        annotations.put("description", of.description());
        annotations.put("runbook", Runbooks.of(of));
        annotations.put("dashboard", of.dashboard());
        alert.put("annotations", annotations);
        return alert;
    }

    private static Map<String, Object> byLevel(Function<Level, Object> value) {
        var map = new LinkedHashMap<String, Object>();
        Stream.of(Level.values()).forEach(level -> map.put(level.name(), value.apply(level)));
        return map;
    }
}
