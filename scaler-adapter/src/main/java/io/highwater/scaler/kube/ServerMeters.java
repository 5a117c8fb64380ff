// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.scaler.kube.auth.ConfigMapWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.function.Supplier;

/** What the server itself stands on: certificates, and whose it believes. What is not known has no meter. */
final class ServerMeters {

    private final MeterRegistry registry;

    ServerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void serving(Supplier<Instant> expiry) {
        expires("serving", expiry);
    }

    /** To be called whenever something of it changed. */
    void config(ConfigMapWatch config) {
        Gauge.builder(
                        "highwater.kubernetes.authentication.config.current",
                        () -> config.problem().isEmpty() ? 1 : 0)
                .description("Whether the ConfigMap that says whose certificates are believed is known as of now.")
                .register(registry);
        if (config.isRead()) {
            moment(
                    "highwater.kubernetes.authentication.config.read.timestamp",
                    "When the API server last confirmed that ConfigMap.",
                    "",
                    config::lastRead);
        }
        for (String key : ConfigMapWatch.AUTHORITIES) {
            if (config.expiry(key).isPresent()) {
                expires(key, () -> config.expiry(key).orElse(Instant.EPOCH));
            }
        }
    }

    private void expires(String certificate, Supplier<Instant> when) {
        moment(
                "highwater.kubernetes.certificate.expiry.timestamp",
                "When the first certificate of a chain, or of a set of authorities, expires.",
                certificate,
                when);
    }

    private void moment(String name, String description, String certificate, Supplier<Instant> when) {
        Gauge.builder(name, () -> when.get().toEpochMilli() / 1e3)
                .description(description)
                .baseUnit("seconds")
                .tags(certificate.isEmpty() ? Tags.empty() : Tags.of("certificate", certificate))
                .register(registry);
    }
}
