// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.http.HttpLink;

/** One server, with at most one connection for each collector. */
final class MinioSession implements Session {

    private final HttpLink link;
    private final Health health;
    private final MetricsPort metrics;
    private final MetricsPort usage;

    MinioSession(Target target, MinioSettings settings) {
        var server = settings.node(target.node());
        this.link = new HttpLink(settings.tls());
        this.health = new Health(server);
        this.metrics = new MetricsPort(server, settings);
        this.usage = new MetricsPort(server, settings);
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        return new VisitCollector(link, schedule.timeout(), questions(spec.name(), schedule));
    }

    private VisitCollector.Questions questions(String collector, Schedule schedule) {
        return switch (collector) {
            case MinioExporter.PULSE -> new HealthQuestions(health, schedule.timeout());
            case MinioExporter.MAINTENANCE -> (visit, out) -> out.fact(health.maintenance(visit));
            case MinioExporter.METRICS -> new MetricsQuestions(metrics);
            case MinioExporter.USAGE -> new UsageQuestions(usage);
            default -> throw new IllegalArgumentException("no collector " + collector);
        };
    }

    @Override
    public void close() {
        link.close();
    }
}
