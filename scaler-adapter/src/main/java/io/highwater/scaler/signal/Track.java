// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One series that a signal is made of, as it was seen last. Guarded by its signal. */
final class Track {

    private final List<String> group;
    private final @Nullable Growth growth;
    private double value;
    private long seenNanos;
    private @Nullable Instant sampledAt;

    Track(SignalSettings settings, List<String> group) {
        this.group = group;
        Duration window = settings.window();
        this.growth =
                window.isZero() ? null : new Growth(window, settings.rate().isPresent());
    }

    /** The values of the labels by which its signal groups. */
    List<String> group() {
        return group;
    }

    boolean isSeen() {
        return sampledAt != null;
    }

    long seenNanos() {
        return seenNanos;
    }

    Instant sampledAt() {
        return Objects.requireNonNull(sampledAt);
    }

    void note(double newValue, long atNanos, Instant at) {
        value = newValue;
        seenNanos = atNanos;
        sampledAt = at;
        if (growth != null) {
            growth.note(atNanos, newValue);
        }
    }

    /** The value, or how it grows; empty while that is not known. */
    OptionalDouble number() {
        return growth == null ? OptionalDouble.of(value) : growth.perSecond();
    }
}
