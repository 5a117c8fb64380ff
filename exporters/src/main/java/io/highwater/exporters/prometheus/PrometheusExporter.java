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

/** Servers that answer PromQL over Prometheus' HTTP API, asked for what signals are made of. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class PrometheusExporter implements Exporter<PrometheusSettings> {

    static final String COMPONENT = "prometheus";

    @Override
    public String component() {
        return COMPONENT;
    }

    @Override
    public Class<PrometheusSettings> settings() {
        return PrometheusSettings.class;
    }

    @Override
    public Family up() {
        return PrometheusFamilies.UP;
    }

    @Override
    public List<CollectorSpec> collectors() {
        return List.of(new CollectorSpec(
                "queries",
                "the configured queries",
                Schedule.of(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                true,
                PrometheusFamilies.OF_QUERIES));
    }

    @Override
    public List<Family> derivedFamilies() {
        return PrometheusFamilies.DERIVED;
    }

    @Override
    public Collection<String> nodes(PrometheusSettings settings) {
        return settings.servers().keySet();
    }

    @Override
    public Session open(Target target, PrometheusSettings settings) {
        return new PrometheusSession(target, settings);
    }

    @Override
    public Derivation derivation(PrometheusSettings settings) {
        return new PrometheusView(settings);
    }
}
