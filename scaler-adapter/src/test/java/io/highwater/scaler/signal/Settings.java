// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of signals for tests: what is not said is as by default. */
public record Settings(
        String family,
        Map<String, String> where,
        Aggregate aggregate,
        List<String> by,
        Optional<Duration> rate,
        Optional<Duration> slope,
        Optional<Double> absent,
        boolean partial) {

    public Settings(String family) {
        this(family, Map.of(), Aggregate.SUM, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    public Settings where(String label, String value) {
        var more = new HashMap<>(where);
        more.put(label, value);
        return new Settings(family, more, aggregate, by, rate, slope, absent, partial);
    }

    Settings aggregate(Aggregate of) {
        return new Settings(family, where, of, by, rate, slope, absent, partial);
    }

    Settings by(String... labels) {
        return new Settings(family, where, aggregate, List.of(labels), rate, slope, absent, partial);
    }

    public Settings rate(Duration window) {
        return new Settings(family, where, aggregate, by, Optional.of(window), slope, absent, partial);
    }

    Settings slope(Duration window) {
        return new Settings(family, where, aggregate, by, rate, Optional.of(window), absent, partial);
    }

    Settings absent(double number) {
        return new Settings(family, where, aggregate, by, rate, slope, Optional.of(number), partial);
    }

    Settings evenInPart() {
        return new Settings(family, where, aggregate, by, rate, slope, absent, true);
    }

    public SignalSettings build() {
        return new SignalSettings(
                Optional.of(family),
                Optional.empty(),
                Optional.empty(),
                where,
                aggregate,
                by,
                rate,
                slope,
                absent,
                partial,
                Duration.ofMinutes(5),
                3,
                List.of(),
                List.of());
    }
}
