// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.scaler.Value;
import io.highwater.scaler.kube.wire.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Counts what is read, and how old it is by then. */
final class ReadMeters {

    private final MeterRegistry registry;
    private final Timer age;

    ReadMeters(MeterRegistry registry) {
        this.registry = registry;
        this.age = Timer.builder("highwater.kubernetes.served.age")
                .description("Age of the oldest sample in an answer with values.")
                .register(registry);
    }

    /** @param result {@code fresh} or {@code stale} */
    void served(String group, String namespace, String result, List<Value> values) {
        count(group, namespace, result);
        Instant oldest =
                values.stream().map(Value::sampledAt).min(Instant::compareTo).orElseThrow();
        Duration sinceThen = Duration.between(oldest, Instant.now());
        age.record(sinceThen.isNegative() ? Duration.ZERO : sinceThen);
    }

    /** @param namespace empty unless it is one that the metric may be read from: the others are anybody's invention */
    void refused(String group, String namespace, Refusal refusal) {
        count(
                group,
                namespace,
                switch (refusal.code()) {
                    case 403 -> "forbidden";
                    case 404 -> "not_found";
                    case 503 -> "no_value";
                    default -> "bad_request";
                });
    }

    private void count(String group, String namespace, String result) {
        Counter.builder("highwater.kubernetes.reads")
                .description("Reads of metrics through Kubernetes by how they ended: fresh and stale with values.")
                .tags("group", group, "namespace", namespace, "result", result)
                .register(registry)
                .increment();
    }
}
