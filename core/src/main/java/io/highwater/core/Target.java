// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One configured backend instance: who is asked.
 *
 * @param cluster the cluster's name, a label on every series
 * @param component the kind of backend, e.g. {@code postgres}
 * @param node the stable configured name of the instance; empty for what is derived over the whole cluster
 * @param labels what the configuration adds to every series of this target
 */
public record Target(String cluster, String component, String node, Map<String, String> labels)
        implements Comparable<Target> {

    public Target {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        if (labels.containsKey("cluster") || labels.containsKey("node")) {
            throw new IllegalArgumentException("the labels cluster and node are given by the target");
        }
    }

    /** The unique name, {@code cluster/component/node}, as {@code /probe?target=} takes it. */
    public String name() {
        return node.isEmpty() ? cluster + "/" + component : cluster + "/" + component + "/" + node;
    }

    @Override
    public int compareTo(Target other) {
        return name().compareTo(other.name());
    }

    @Override
    public String toString() {
        return name();
    }
}
