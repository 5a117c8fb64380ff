// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What an autoscaler was told when it asked for one of its metrics. */
public sealed interface MetricResult {

    /**
     * The items of an external metric, or the one value of an object's.
     *
     * @param milli thousandths
     */
    record Values(List<Long> milli) implements MetricResult {
        public Values {
            milli = List.copyOf(milli);
        }
    }

    /**
     * What pods use of a resource that all of them request as much of.
     *
     * @param measured ready pods with a number
     * @param unready pods that do not count as long as they start
     * @param missing ready pods without a number
     * @param usageMilli of all measured pods together, thousandths
     * @param requestMilli of one pod, thousandths
     */
    record Pods(int measured, int unready, int missing, long usageMilli, long requestMilli) implements MetricResult {

        /** All pods ready, at this percentage of what they request. */
        public static Pods at(int percent, int ready) {
            return new Pods(ready, 0, 0, 10L * percent * ready, 1000);
        }
    }

    /**
     * No number.
     *
     * @param message what the API answered
     */
    record Failed(String message) implements MetricResult {}

    /** One number as the API of metrics has it: finer than a thousandth is rounded up. */
    static Values of(double number) {
        return new Values(List.of(milli(number)));
    }

    /** Thousandths of a finite number, as a quantity of Kubernetes has them. */
    static long milli(double number) {
        return BigDecimal.valueOf(number)
                .movePointRight(3)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }
}
