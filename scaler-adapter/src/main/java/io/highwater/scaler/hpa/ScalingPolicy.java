// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Duration;

/** How many replicas may come or go in a period, one of {@code behavior.scaleUp.policies}. */
public record ScalingPolicy(Type type, int value, Duration period) {

    /** What the value counts. */
    public enum Type {
        PODS,
        /** Of the replicas at the beginning of the period. */
        PERCENT
    }

    private static final Duration LONGEST = Duration.ofMinutes(30);

    public ScalingPolicy {
        if (value <= 0 || !period.isPositive() || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("policy: write a value above 0 and a period of 1 to 1800 s");
        }
    }

    public static ScalingPolicy pods(int value, Duration period) {
        return new ScalingPolicy(Type.PODS, value, period);
    }

    public static ScalingPolicy percent(int value, Duration period) {
        return new ScalingPolicy(Type.PERCENT, value, period);
    }

    /** The most replicas there may be when the period began with so many. */
    int most(int atStart) {
        return switch (type) {
            case PODS -> atStart + value;
            case PERCENT -> (int) Math.ceil(atStart * (1 + value / 100.0));
        };
    }

    /** The fewest. */
    int fewest(int atStart) {
        return switch (type) {
            case PODS -> atStart - value;
            case PERCENT -> (int) (atStart * (1 - value / 100.0));
        };
    }
}
