// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import io.highwater.core.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One attempt of a prober, and what came of it.
 *
 * @param samples what was seen, as sample lines
 */
record Tried(Optional<ProbeFailure> failure, String samples) {

    private static final Target TARGET = new Target("shop", "probe", "tried", Map.of());

    /** With a deadline that a loaded machine keeps. */
    static Tried once(ProberSettings settings) {
        return once(settings, Duration.ofSeconds(20));
    }

    static Tried once(ProberSettings settings, Duration timeout) {
        try (var prober = settings.open(TARGET)) {
            return with(prober, timeout);
        }
    }

    static Tried with(Prober prober, Duration timeout) {
        var samples = Samples.of(TARGET);
        try {
            prober.probe(Attempt.within(timeout), samples);
            return new Tried(Optional.empty(), samples.toString());
        } catch (ProbeFailure e) {
            return new Tried(Optional.of(e), samples.toString());
        } catch (CollectionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Optional<FailureReason> reason() {
        return failure.map(ProbeFailure::reason);
    }

    String message() {
        return failure.map(of -> String.valueOf(of.getMessage())).orElse("");
    }

    /** The value of the one series whose line begins with the family and has these labels, as they are written. */
    OptionalDouble value(String family, String... labels) {
        return samples.lines()
                .filter(line -> line.startsWith(family + "{"))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst();
    }
}
