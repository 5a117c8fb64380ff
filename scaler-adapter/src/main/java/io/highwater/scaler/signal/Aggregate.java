// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** How several series become one number. */
public enum Aggregate {
    SUM,
    MAX,
    MIN,
    AVG,
    COUNT;

    /** @param values of one series at least */
    double of(DoubleStream values) {
        return switch (this) {
            case SUM -> values.sum();
            case MAX -> values.max().orElseThrow();
            case MIN -> values.min().orElseThrow();
            case AVG -> values.average().orElseThrow();
            case COUNT -> values.count();
        };
    }

    /** As the configuration spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
