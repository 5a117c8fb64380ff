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
        boolean partial,
        boolean asked) {

    public Settings(String family) {
        this(family, false);
    }

    private Settings(String source, boolean asked) {
        this(
                source,
                Map.of(),
                Aggregate.SUM,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                asked);
    }

    /** Of a query of a Prometheus. */
    static Settings query(String name) {
        return new Settings(name, true);
    }

    public Settings where(String label, String value) {
        var more = new HashMap<>(where);
        more.put(label, value);
        return new Settings(family, more, aggregate, by, rate, slope, absent, partial, asked);
    }

    Settings aggregate(Aggregate of) {
        return new Settings(family, where, of, by, rate, slope, absent, partial, asked);
    }

    Settings by(String... labels) {
        return new Settings(family, where, aggregate, List.of(labels), rate, slope, absent, partial, asked);
    }

    public Settings rate(Duration window) {
        return new Settings(family, where, aggregate, by, Optional.of(window), slope, absent, partial, asked);
    }

    Settings slope(Duration window) {
        return new Settings(family, where, aggregate, by, rate, Optional.of(window), absent, partial, asked);
    }

    Settings absent(double number) {
        return new Settings(family, where, aggregate, by, rate, slope, Optional.of(number), partial, asked);
    }

    Settings evenInPart() {
        return new Settings(family, where, aggregate, by, rate, slope, absent, true, asked);
    }

    public SignalSettings build() {
        return new SignalSettings(
                asked ? Optional.empty() : Optional.of(family),
                asked ? Optional.of(family) : Optional.empty(),
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
