// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Samples;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one server's metrics say of all servers.
 *
 * @param others numbers that are of no erasure set
 * @param ownDrives how many drives of which set are the server's own; empty when it does not say
 */
record ClusterReport(List<ErasureSet> sets, List<Reading> others, Map<ErasureSet.Name, Integer> ownDrives) {

    private static final Set<String> OF_SETS = Set.of(
            ClusterFamilies.SET_ONLINE.name(),
            ClusterFamilies.SET_HEALING.name(),
            ClusterFamilies.SET_READ_QUORUM.name(),
            ClusterFamilies.SET_WRITE_QUORUM.name());

    private static final Set<String> OF_CLUSTER = new HashSet<>(
            ClusterFamilies.ALL.stream().map(family -> family.name()).toList());

    ClusterReport {
        sets = List.copyOf(sets);
        others = List.copyOf(others);
        ownDrives = Map.copyOf(ownDrives);
    }

    static ClusterReport of(List<Reading> readings) {
        var own = new HashMap<ErasureSet.Name, Integer>();
        readings.stream()
                .filter(reading -> reading.family().equals(NodeFamilies.DRIVE_INFO))
                .forEach(reading -> own.merge(
                        new ErasureSet.Name(
                                reading.labels().get(1), reading.labels().get(2)),
                        1,
                        Integer::sum));
        var others = readings.stream()
                .filter(ClusterReport::isOfCluster)
                .filter(reading -> !OF_SETS.contains(reading.family().name()))
                .toList();
        return new ClusterReport(ErasureSet.of(readings), others, own);
    }

    static boolean isOfCluster(Reading reading) {
        return OF_CLUSTER.contains(reading.family().name());
    }

    int online() {
        return sets.stream().mapToInt(ErasureSet::online).sum();
    }

    void addTo(Samples out) {
        sets.forEach(set -> set.addTo(out));
        others.forEach(reading -> reading.addTo(out));
    }
}
