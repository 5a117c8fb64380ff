// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;
import java.util.List;
import java.util.stream.Stream;

/** What a server counts: its own numbers are its series, those of the cluster are handed on. */
record MetricsQuestions(MetricsPort port) implements VisitCollector.Questions {

    private static final List<MetricsPage> PAGES =
            Stream.concat(Pages.NODE.stream(), Pages.CLUSTER.stream()).toList();

    @Override
    public void ask(HttpLink.Visit visit, Samples out) throws CollectionException {
        var answer = port.read(visit, PAGES);
        out.add(NodeFamilies.METRICS_INFO, 1, answer.version().label());
        answer.readings().stream()
                .filter(reading -> !ClusterReport.isOfCluster(reading))
                .forEach(reading -> reading.addTo(out));
        var report = ClusterReport.of(answer.readings());
        if (report.sets().isEmpty()) {
            out.note("the server says nothing of erasure sets");
        }
        out.fact(report);
    }
}
