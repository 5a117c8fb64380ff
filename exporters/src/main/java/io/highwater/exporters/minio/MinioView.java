// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static io.highwater.exporters.minio.MinioExporter.COMPONENT;

import io.highwater.core.Availability;
import io.highwater.core.Derivation;
import io.highwater.core.Facts;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.exporters.minio.Health.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the servers say of all of them, as one: never their sum. What health says now goes before what metrics say. */
final class MinioView implements Derivation {

    private final MinioSettings settings;
    private final Availability availability = new Availability(COMPONENT);
    private final BestReport best = new BestReport();
    private boolean everybodyWasAsked;
    private List<UsageReport> lastUsage = List.of();

    MinioView(MinioSettings settings) {
        this.settings = settings;
    }

    @Override
    public void derive(List<Snapshot> nodes, long nowNanos, Samples out) {
        var views = byNode(nodes, NodeHealth.class);
        var writable = best(views, NodeHealth::writable);
        var readable = best(views, NodeHealth::readable);
        var asked = nodes.stream()
                .filter(snapshot -> snapshot.collector().equals(MinioExporter.PULSE))
                .map(snapshot -> snapshot.target().node())
                .collect(Collectors.toSet());
        everybodyWasAsked |= asked.containsAll(settings.nodes().keySet());
        // One that was not asked yet may be the one that can write.
        if (writable == Verdict.YES || everybodyWasAsked) {
            availability.note(writable == Verdict.YES, nowNanos, out);
        }
        if (!asked.isEmpty()) {
            out.add(Ha.MEMBERS, settings.nodes().size(), COMPONENT, "configured");
            out.add(Ha.MEMBERS, views.size(), COMPONENT, "online");
        }
        add(ClusterFamilies.WRITABLE, writable, out);
        add(ClusterFamilies.READABLE, readable, out);

        var maintenance = byNode(nodes, Maintenance.class);
        maintenance.keySet().retainAll(views.keySet());
        if (writable != Verdict.UNKNOWN) {
            // What was asked seconds ago may be true no longer.
            maintenance.forEach((node, of) ->
                    out.add(Ha.NODE_MAINTENANCE_SAFE, of.safe() && writable == Verdict.YES, COMPONENT, node));
        }

        var reports = byNode(nodes, ClusterReport.class);
        reports.keySet().retainAll(views.keySet());
        best.of(reports, views, nowNanos).ifPresent(report -> {
            report.addTo(out);
            var unsafe = reports.entrySet().stream()
                    .filter(of -> isUnsafe(maintenance.get(of.getKey())))
                    .map(of -> of.getValue().ownDrives())
                    .toList();
            var write = QuorumMargins.toWrite(report.sets(), writable, unsafe);
            add("write", write, out);
            add("read", QuorumMargins.toRead(report.sets(), readable, write), out);
        });
    }

    /** Of thousands of buckets, and the same for a minute. */
    @Override
    public Map<String, Derivation> more() {
        return Map.of(MinioExporter.USAGE, this::deriveUsage);
    }

    private void deriveUsage(List<Snapshot> nodes, long nowNanos, Samples out) {
        var newest = Facts.of(nodes, UsageReport.class)
                .max(Comparator.comparingLong(UsageReport::updatedMillis))
                .map(List::of)
                .orElse(List.of());
        if (Facts.same(newest, lastUsage)) {
            out.unchanged();
            return;
        }
        lastUsage = newest;
        newest.forEach(usage -> usage.addTo(out));
    }

    /** For what its drives are worth; while others heal, no server may be taken down in any case. */
    private static boolean isUnsafe(@Nullable Maintenance maintenance) {
        return maintenance != null && !maintenance.safe() && !maintenance.healing();
    }

    private static <F extends Record> Map<String, F> byNode(List<Snapshot> nodes, Class<F> type) {
        var facts = new TreeMap<String, F>();
        for (var snapshot : nodes) {
            snapshot.fact()
                    .filter(type::isInstance)
                    .ifPresent(fact -> facts.put(snapshot.target().node(), type.cast(fact)));
        }
        return facts;
    }

    /** One that can write is enough: others may not be ready, or not reach what it reaches. */
    private static Verdict best(Map<String, NodeHealth> views, Function<NodeHealth, Verdict> what) {
        return views.values().stream().map(what).reduce(Verdict.UNKNOWN, Verdict::orBetter);
    }

    private static void add(Family family, Verdict verdict, Samples out) {
        if (verdict != Verdict.UNKNOWN) {
            out.add(family, verdict == Verdict.YES);
        }
    }

    private static void add(String unit, Map<ErasureSet.Name, Integer> margins, Samples out) {
        margins.forEach((set, margin) -> out.add(Ha.QUORUM_MARGIN, margin, COMPONENT, unit, set.toString()));
    }
}
