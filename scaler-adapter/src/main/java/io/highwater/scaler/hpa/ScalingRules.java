// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code behavior.scaleUp} or {@code behavior.scaleDown}.
 *
 * @param stabilization how far back recommendations count; the controller's own for scaling down when there is none
 * @param select which of several policies applies
 * @param tolerance the controller's own when there is none
 */
public record ScalingRules(
        Optional<Duration> stabilization, List<ScalingPolicy> policies, Select select, OptionalDouble tolerance) {

    /** {@code selectPolicy}. */
    public enum Select {
        /** That which allows the largest change. */
        MAX,
        /** That which allows the smallest change. */
        MIN,
        /** No change in this direction at all. */
        DISABLED
    }

    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** What Kubernetes fills in where a behaviour says nothing of scaling up: 4 pods or twice as many, every 15 s. */
    public static final ScalingRules UP = new ScalingRules(
            Optional.of(Duration.ZERO),
            List.of(ScalingPolicy.pods(4, PERIOD), ScalingPolicy.percent(100, PERIOD)),
            Select.MAX,
            OptionalDouble.empty());

    /** What it fills in for scaling down: everything at once, after the controller's window. */
    public static final ScalingRules DOWN = new ScalingRules(
            Optional.empty(), List.of(ScalingPolicy.percent(100, PERIOD)), Select.MAX, OptionalDouble.empty());

    public ScalingRules {
        policies = List.copyOf(policies);
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("policies: write one at least");
        }
        if (stabilization
                .filter(window -> window.isNegative() || window.compareTo(LONGEST) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("stabilizationWindowSeconds: write 0 to 3600");
        }
        if (tolerance.orElse(0) < 0) {
            throw new IllegalArgumentException("tolerance: write 0 or more");
        }
    }

    public ScalingRules stabilizing(Duration window) {
        return new ScalingRules(Optional.of(window), policies, select, tolerance);
    }

    public ScalingRules limitedBy(ScalingPolicy... instead) {
        return new ScalingRules(stabilization, List.of(instead), select, tolerance);
    }

    public ScalingRules selecting(Select instead) {
        return new ScalingRules(stabilization, policies, instead, tolerance);
    }

    public ScalingRules tolerating(double instead) {
        return new ScalingRules(stabilization, policies, select, OptionalDouble.of(instead));
    }

    Duration longestPeriod() {
        return policies.stream()
                .map(ScalingPolicy::period)
                .max(Duration::compareTo)
                .orElseThrow();
    }
}
