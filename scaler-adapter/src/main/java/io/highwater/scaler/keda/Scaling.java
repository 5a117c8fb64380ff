// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.highwater.scaler.Activity;
import io.highwater.scaler.Metric;
import io.highwater.scaler.Reading;
import io.highwater.scaler.Value;
import java.util.OptionalDouble;

/**
 * What a trigger scales by: a metric that it may read. What is not known throws a status.
 *
 * @param spec follows from configuration alone, so that KEDA learns it while every backend is down
 * @param activationTarget as in {@link Trigger}
 */
record Scaling(Metric metric, MetricSpec spec, OptionalDouble activationTarget) {

    /** Throws a status when the trigger does not suit the metric. */
    static Scaling of(Metric metric, Trigger trigger) {
        var spec = new MetricSpec(metric.name(), target(metric, trigger.target()));
        return new Scaling(metric, spec, trigger.activationTarget());
    }

    private static double target(Metric metric, OptionalDouble written) {
        var own = metric.targetPerReplica();
        if (own.isEmpty()) {
            return written.orElseThrow(() ->
                    Trigger.wrong("targetPerReplica", "write how much of " + metric.name() + " one replica takes"));
        }
        if (written.isPresent() && written.getAsDouble() != own.getAsDouble()) {
            throw Trigger.wrong(
                    "targetPerReplica",
                    "leave it out, " + metric.name() + " says itself that it is " + own.getAsDouble());
        }
        return own.getAsDouble();
    }

    boolean active() {
        if (activationTarget.isPresent()) {
            return number() > activationTarget.getAsDouble();
        }
        return switch (metric.activity()) {
            case Activity.Active() -> true;
            case Activity.Idle() -> false;
            case Activity.Unknown(String reason) -> throw unknown(reason);
        };
    }

    MetricValue value() {
        return new MetricValue(metric.name(), number());
    }

    /** Several values are one to KEDA, their sum, as they are to an HPA. */
    private double number() {
        return switch (metric.read()) {
            case Reading.Unknown(String reason) -> throw unknown(reason);
            case Reading.Numbers numbers -> {
                double sum =
                        numbers.values().stream().mapToDouble(Value::number).sum();
                if (!Double.isFinite(sum) || sum < 0) {
                    throw unknown("it is " + sum + ", which KEDA would take for 0");
                }
                yield sum;
            }
        };
    }

    private StatusRuntimeException unknown(String reason) {
        return Status.UNAVAILABLE.withDescription(metric.name() + ": " + reason).asRuntimeException();
    }
}
