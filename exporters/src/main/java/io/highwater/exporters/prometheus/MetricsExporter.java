// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import com.google.auto.service.AutoService;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Other programs' pages in one of Prometheus' text formats, read for what signals are made of. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class MetricsExporter implements Exporter<MetricsSettings> {

    @Override
    public String component() {
        return "metrics";
    }

    @Override
    public Class<MetricsSettings> settings() {
        return MetricsSettings.class;
    }

    @Override
    public Family up() {
        return MetricsFamilies.UP;
    }

    @Override
    public List<CollectorSpec> collectors() {
        return List.of(new CollectorSpec(
                "scrape",
                "the page",
                Schedule.of(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                true,
                MetricsFamilies.OF_SCRAPE));
    }

    @Override
    public List<Family> derivedFamilies() {
        return List.of();
    }

    @Override
    public Collection<String> nodes(MetricsSettings settings) {
        return settings.endpoints().keySet();
    }

    @Override
    public Session open(Target target, MetricsSettings settings) {
        return new MetricsSession(target, settings);
    }

    @Override
    public Derivation derivation(MetricsSettings settings) {
        return Derivation.NONE;
    }
}
