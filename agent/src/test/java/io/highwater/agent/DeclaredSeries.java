// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.self.OwnFamily;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.rules.RuleFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that a query of ours may ask for: families, recording rules, and what Prometheus has of its own. */
final class DeclaredSeries {

    private final Map<String, Set<String>> labels = new HashMap<>();
    private final Set<String> counters = new HashSet<>();

    DeclaredSeries() {
        InstalledExporters.load().forEach(this::declare);
        for (var family : OwnFamily.all()) {
            declare(family.name(), family.labels(), family.type().equals("counter"));
            if (family.type().equals("summary")) {
                declare(family.name() + "_sum", family.labels(), true);
                declare(family.name() + "_count", family.labels(), true);
            }
        }
        declare("process_cpu_seconds_total", List.of(), true);
        declare("process_resident_memory_bytes", List.of(), false);
        declare("jvm_memory_used_bytes", List.of("area", "id"), false);
        RuleFile.recorded().keySet().forEach(name -> declare(name, List.of("slo", "cluster", "component"), false));
        // Prometheus' own, with the labels of our alerts.
        declare("up", List.of(), false);
        declare("process_start_time_seconds", List.of(), false);
        declare("prometheus_notifications_errors_total", List.of("alertmanager"), true);
        declare("prometheus_notifications_sent_total", List.of("alertmanager"), true);
        declare("ALERTS", List.of("alertname", "alertstate", "severity", "layer", "component", "cluster"), false);
    }

    private void declare(Exporter<?> exporter) {
        var ofCluster = exporter.seenFromOutside() ? List.of("cluster", "vantage") : List.of("cluster");
        var ofNode = Stream.concat(ofCluster.stream(), Stream.of("node")).toList();
        exporter.families().forEach(family -> declare(family, ofCluster));
        declare(exporter.up(), ofNode);
        exporter.collectors().forEach(spec -> spec.families().forEach(family -> declare(family, ofNode)));
    }

    private void declare(Family family, List<String> ofTarget) {
        var all = Stream.concat(family.labels().stream(), ofTarget.stream()).toList();
        if (family.kind() == Family.Kind.HISTOGRAM) {
            declare(
                    family.name() + "_bucket",
                    Stream.concat(all.stream(), Stream.of("le")).toList(),
                    true);
        }
        declare(family.name(), all, family.kind() == Family.Kind.COUNTER);
    }

    private void declare(String name, Collection<String> own, boolean isCounter) {
        labels.computeIfAbsent(name, _ -> new TreeSet<>(Set.of("instance", "job")))
                .addAll(own);
        if (isCounter) {
            counters.add(name);
        }
    }

    /** All labels that a series of it can have; none when there is none. */
    Set<String> labelsOf(String metric) {
        return labels.getOrDefault(metric, Set.of());
    }

    boolean has(String metric) {
        return labels.containsKey(metric);
    }

    boolean isCounter(String metric) {
        return counters.contains(metric);
    }
}
