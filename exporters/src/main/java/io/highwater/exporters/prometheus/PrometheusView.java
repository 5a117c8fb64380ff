// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.Availability;
import io.highwater.core.Derivation;
import io.highwater.core.Facts;
import io.highwater.core.ForeignSeries;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/** The answers of servers of which each can answer alone, as one: never their sum. */
final class PrometheusView implements Derivation {

    private final PrometheusSettings settings;
    private final Availability availability = new Availability(PrometheusExporter.COMPONENT);

    PrometheusView(PrometheusSettings settings) {
        this.settings = settings;
    }

    @Override
    public void derive(List<Snapshot> nodes, long nowNanos, Samples out) {
        var answering = Facts.of(nodes, QueryAnswers.class).toList();
        if (nodes.isEmpty()) {
            return;
        }
        availability.note(!answering.isEmpty(), nowNanos, out);
        out.add(Ha.MEMBERS, settings.servers().size(), PrometheusExporter.COMPONENT, "configured");
        out.add(Ha.MEMBERS, answering.size(), PrometheusExporter.COMPONENT, "online");
        out.add(Ha.QUORUM_MARGIN, answering.size() - 1, PrometheusExporter.COMPONENT, "", "");

        var best = new TreeMap<String, QueryAnswers.Answer>();
        for (var answers : answering) {
            answers.byQuery().forEach((query, answer) -> best.merge(query, answer, QueryAnswers.Answer::better));
        }
        var failed = new HashSet<>(settings.queries().keySet());
        failed.removeAll(best.keySet());
        out.fact(new ForeignSeries(
                best.values().stream()
                        .flatMap(answer -> answer.series().stream())
                        .toList(),
                failed));
    }
}
