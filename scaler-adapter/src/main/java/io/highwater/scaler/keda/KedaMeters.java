// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What an operator of the agent sees of KEDA's calls: {@code highwater_keda_*}. */
record KedaMeters(MeterRegistry registry) {

    void ended(String method, Status.Code code) {
        Counter.builder("highwater.keda.calls")
                .description("Calls of KEDA that ended, by their gRPC status.")
                .tags("method", method, "code", code.name())
                .register(registry)
                .increment();
    }

    Runnable pushes(String method) {
        return Counter.builder("highwater.keda.pushes")
                .description("Messages sent over streams that KEDA keeps open.")
                .tags("method", method)
                .register(registry)::increment;
    }

    void streams(String method, Supplier<Number> open) {
        Gauge.builder("highwater.keda.streams", open)
                .description("Streams that KEDA keeps open.")
                .tags("method", method)
                .register(registry);
    }

    void certificate(ServerCertificate certificate) {
        Gauge.builder(
                        "highwater.keda.certificate.expiry.timestamp",
                        () -> certificate.expiry().toEpochMilli() / 1e3)
                .description("When the certificate that is shown to KEDA expires.")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("highwater.keda.certificate.last.reload.successful", () -> certificate.readable() ? 1 : 0)
                .description("Whether the certificate's files were good when they were last read.")
                .register(registry);
    }
}
