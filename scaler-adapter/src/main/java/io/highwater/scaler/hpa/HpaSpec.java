// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.util.List;
import java.util.Optional;

/**
 * The specification of a HorizontalPodAutoscaler.
 *
 * @param minReplicas 1 or more: to zero scales KEDA, or a feature gate that is off by default
 * @param behavior without one, replicas may at most double at every look, or become 4, and fall to what the highest
 *     recommendation of the controller's window was
 */
public record HpaSpec(int minReplicas, int maxReplicas, List<MetricSpec> metrics, Optional<Behavior> behavior) {

    public HpaSpec {
        metrics = List.copyOf(metrics);
        if (minReplicas < 1 || maxReplicas < minReplicas) {
            throw new IllegalArgumentException("minReplicas: write 1 up to maxReplicas");
        }
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("metrics: write one at least");
        }
    }

    public static HpaSpec of(int minReplicas, int maxReplicas, MetricSpec... metrics) {
        return new HpaSpec(minReplicas, maxReplicas, List.of(metrics), Optional.empty());
    }

    public HpaSpec behaving(Behavior instead) {
        return new HpaSpec(minReplicas, maxReplicas, metrics, Optional.of(instead));
    }

    /** What holds for this one, in a cluster with such flags. */
    Tolerance tolerance(ControllerFlags flags) {
        return behavior.map(it -> new Tolerance(
                        it.down().tolerance().orElse(flags.tolerance()),
                        it.up().tolerance().orElse(flags.tolerance())))
                .orElse(new Tolerance(flags.tolerance(), flags.tolerance()));
    }
}
