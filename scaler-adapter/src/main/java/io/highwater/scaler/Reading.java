// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler;

import java.util.List;

/** What a {@link Metric} says at one moment. */
public sealed interface Reading {

    /** How good the numbers are. */
    enum Quality {
        /** Of the last collection. */
        FRESH,
        /** Older than they should be, within the limit: held, so that nothing is scaled in by them. */
        STALE
    }

    /**
     * Numbers.
     *
     * @param values at least one; those of a metric without labels are one
     */
    record Numbers(Quality quality, List<Value> values) implements Reading {
        public Numbers {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("without a value the reading is unknown");
            }
        }
    }

    /**
     * No number; whoever asks gets an error, and an autoscaler changes nothing then.
     *
     * @param reason a sentence for whoever operates the workload: what is missing, since when, where to look
     */
    record Unknown(String reason) implements Reading {}
}
