// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.Status;
import io.highwater.core.Nearest;
import io.highwater.scaler.Metric;
import io.highwater.scaler.Metrics;

/** Finds what a ScaledObject scales by, as of the configuration in force. */
record Scalings(Metrics metrics) {

    /** Throws a status that says what is wrong with the trigger. */
    Scaling of(ScaledObjectRef object) {
        var trigger = Trigger.of(object.metadata());
        var metric = metrics.find(trigger.metric())
                .orElseThrow(() -> Status.NOT_FOUND
                        .withDescription(unknown(trigger.metric(), object.namespace()))
                        .asRuntimeException());
        if (!metric.readableFrom(object.namespace())) {
            throw Status.PERMISSION_DENIED
                    .withDescription(metric.name() + " is not for namespace " + object.namespace())
                    .asRuntimeException();
        }
        return Scaling.of(metric, trigger);
    }

    /** Tells nobody the names of what is not for him. */
    private String unknown(String name, String namespace) {
        var readable = metrics.all().stream()
                .filter(metric -> metric.readableFrom(namespace))
                .map(Metric::name)
                .toList();
        return "there is no signal or policy " + name
                + Nearest.to(name, readable)
                        .map(meant -> ", is " + meant + " meant?")
                        .orElse("; namespace " + namespace + " may read "
                                + (readable.isEmpty()
                                        ? "none"
                                        : String.join(
                                                ", ",
                                                readable.stream().limit(10).toList())));
    }
}
