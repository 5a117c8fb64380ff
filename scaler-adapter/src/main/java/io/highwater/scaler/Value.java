// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One number.
 *
 * @param labels that tell it from the metric's other numbers; empty when it is the only one
 * @param number finite
 * @param sampledAt when the backend was asked, the oldest when several were
 * @param window over which it was taken; zero for a number of one moment
 */
public record Value(Map<String, String> labels, double number, Instant sampledAt, Duration window) {
    public Value {
        labels = Map.copyOf(labels);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("what is not finite is unknown");
        }
    }
}
