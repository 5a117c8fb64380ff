// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.exporters.minio.Health.Verdict;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which server is believed in what all of them say of all. Each keeps what it found for up to a minute and does not say
 * when it looked; so the one is believed whose sets changed last, of those that find as many drives to write to as any.
 * Confined to a derivation's lock.
 */
final class BestReport {

    /**
     * What a server said of the sets last, and since when; of what it said first nobody knows since when. MinIO keeps other
     * numbers apart, which may be older or newer.
     */
    private record Said(List<ErasureSet> sets, long sinceNanos) {}

    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final Map<String, Said> said = new HashMap<>();

    /**
     * @param reports by node, none of them old
     * @param views what the nodes that answer find, by node
     */
    Optional<ClusterReport> of(Map<String, ClusterReport> reports, Map<String, NodeHealth> views, long nowNanos) {
        said.keySet().retainAll(reports.keySet());
        reports.forEach((node, report) -> note(node, report.sets(), nowNanos));
        return reports.entrySet().stream()
                // One that has just started says nothing of the drives, and that for a minute, too.
                .filter(of -> !of.getValue().sets().isEmpty())
                .min(Comparator.comparing((Map.Entry<String, ClusterReport> of) -> verdict(views, of.getKey()))
                        .thenComparingLong(of -> -since(of.getKey()))
                        .thenComparingInt(of -> of.getValue().online())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getValue);
    }

    private void note(String node, List<ErasureSet> sets, long nowNanos) {
        var before = said.get(node);
        if (before == null) {
            said.put(node, new Said(sets, LONG_AGO));
        } else if (!before.sets().equals(sets)) {
            said.put(node, new Said(sets, nowNanos));
        }
    }

    private long since(String node) {
        var known = said.get(node);
        return known == null ? LONG_AGO : known.sinceNanos();
    }

    private static Verdict verdict(Map<String, NodeHealth> views, String node) {
        var view = views.get(node);
        return view == null ? Verdict.UNKNOWN : view.writable();
    }
}
