// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.scaler.kube.auth.ConfigMapWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the server itself stands on: certificates, and whose it believes. What is not known has no meter. */
final class ServerMeters {

    private final MeterRegistry registry;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();

    ServerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void serving(Supplier<Instant> expiry) {
        expires("serving", expiry);
    }

    /** To be called whenever something of it changed. */
    void config(ConfigMapWatch config) {
        gauge(
                "highwater.kubernetes.authentication.config.current",
                "Whether the ConfigMap that says whose certificates are believed is known as of now.",
                Tags.empty(),
                () -> config.problem().isEmpty() ? 1 : 0);
        if (config.isRead()) {
            gauge(
                    "highwater.kubernetes.authentication.config.read.timestamp.seconds",
                    "When the API server last confirmed that ConfigMap.",
                    Tags.empty(),
                    () -> seconds(config.lastRead()));
        }
        for (String key : ConfigMapWatch.AUTHORITIES) {
            if (config.expiry(key).isPresent()) {
                expires(key, () -> config.expiry(key).orElse(Instant.EPOCH));
            }
        }
    }

    private void expires(String certificate, Supplier<Instant> when) {
        gauge(
                "highwater.kubernetes.certificate.expiry.timestamp.seconds",
                "When the first certificate of a chain, or of a set of authorities, expires.",
                Tags.of("certificate", certificate),
                () -> seconds(when.get()));
    }

    private static double seconds(Instant moment) {
        return moment.toEpochMilli() / 1e3;
    }

    /** Once: Micrometer keeps the first of a name and warns of the others. */
    private void gauge(String name, String description, Tags tags, Supplier<Number> value) {
        if (registered.add(name + tags)) {
            Gauge.builder(name, value).description(description).tags(tags).register(registry);
        }
    }
}
