// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import io.highwater.scaler.Value;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A signal at one moment.
 *
 * @param values those that are known, also when they are too old to be used; empty when none are
 * @param age of the oldest sample that they are made of; zero when there is none
 * @param reason why it is not fresh: a sentence; empty when it is
 */
public record SignalState(Quality quality, List<Value> values, Duration age, String reason) {

    /** How good a signal is. */
    public enum Quality {
        /** As new as its collection makes it. */
        FRESH,
        /** Older than that or not complete, within {@code deadAfter}: what runs is held. */
        STALE,
        /** Not known: an error to everybody who asks. */
        DEAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SignalState {
        values = List.copyOf(values);
        if (quality != Quality.DEAD && values.isEmpty()) {
            throw new IllegalArgumentException("a signal that is " + quality + " has a number");
        }
    }

    /** All numbers in one. */
    public double sum() {
        return values.stream().mapToDouble(Value::number).sum();
    }
}
