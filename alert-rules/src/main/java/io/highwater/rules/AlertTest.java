// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Series that prove an alert: what it is about while all is well, when it is as bad as may be without an alert, and ill.
 *
 * @param labels of the alert that fires when it is ill, beside those that every alert has
 * @param byCluster whether its series have the label {@code cluster}
 * @param series each with its three values
 * @param warm how long all is well at first, for an expression that looks back; in Prometheus' form, as the others
 * @param settle how long after it became ill the expression begins to hold; {@code 3i} is three evaluations
 * @param clear how long after it became well the expression ends to hold
 */
public record AlertTest(
        Map<String, String> labels,
        boolean byCluster,
        List<Series> series,
        Optional<String> warm,
        Optional<String> settle,
        Optional<String> clear) {

    /**
     * A series. A value is a number, {@code +n} for a counter that grows by that a minute, {@code -} for no sample, or
     * {@code $threshold}.
     *
     * @param selector name and labels, without {@code cluster}
     */
    public record Series(String selector, String well, String edge, String ill) {}

    public AlertTest {
        labels = Map.copyOf(labels);
        series = List.copyOf(series);
    }
}
