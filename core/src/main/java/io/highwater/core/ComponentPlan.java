// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One component of one cluster as configured: what the agent is to watch there.
 *
 * @param cluster the cluster's name
 * @param level the objectives of the cluster, when it has any
 * @param labels added to every series of the cluster
 * @param exporter who can watch it
 * @param settings what the exporter needs
 * @param schedules by {@link CollectorSpec#name}, in the exporter's order; a collector that is off is not in it
 */
public record ComponentPlan<S extends Record>(
        String cluster,
        Optional<Level> level,
        Map<String, String> labels,
        Exporter<S> exporter,
        S settings,
        Map<String, Schedule> schedules) {

    public ComponentPlan {
        labels = Map.copyOf(labels);
        schedules = Collections.unmodifiableMap(new LinkedHashMap<>(schedules));
        if (schedules.isEmpty()) {
            throw new IllegalArgumentException("a component without a collector is not watched");
        }
    }

    public List<Target> targets() {
        return exporter.nodes(settings).stream()
                .map(node -> new Target(cluster, exporter.component(), node, labels))
                .toList();
    }
}
