// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import io.highwater.exporters.client.http.HttpLink;

/** How much there is in the buckets. Every server knows the same, so nothing of it is a series of the server's. */
record UsageQuestions(MetricsPort port) implements VisitCollector.Questions {

    @Override
    public void ask(HttpLink.Visit visit, Samples out) throws CollectionException {
        var readings = port.read(visit, Pages.USAGE).readings();
        long now = System.currentTimeMillis();
        var age = readings.stream().filter(UsageQuestions::isAge).findFirst();
        if (age.isEmpty()) {
            out.note("the scanner has not counted anything yet");
            return;
        }
        out.fact(new UsageReport(
                now - (long) (age.get().value() * 1000),
                readings.stream().filter(reading -> !isAge(reading)).toList()));
    }

    private static boolean isAge(Reading reading) {
        return reading.family().equals(ClusterFamilies.USAGE_UPDATED);
    }
}
