// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

/** What one metric leads to. */
public sealed interface Assessment {

    /**
     * A number of replicas.
     *
     * @param ratio of what is to what should be
     * @param tolerated whether the ratio was near enough to 1 to leave the replicas as they are
     * @param words the calculation with its numbers, for people
     */
    record Proposed(MetricSpec metric, int replicas, double ratio, boolean tolerated, String words)
            implements Assessment {}

    /** None. */
    record Failed(MetricSpec metric, String message) implements Assessment {}

    MetricSpec metric();

    /** A sentence for people. */
    default String sentence() {
        return switch (this) {
            case Proposed it ->
                it.metric.name() + ": " + it.words + (it.tolerated ? ", which is tolerated" : "") + ", so "
                        + it.replicas;
            case Failed it -> it.metric.name() + ": " + it.message;
        };
    }
}
