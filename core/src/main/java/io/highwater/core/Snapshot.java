// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one collection saw. Immutable.
 *
 * @param target who was asked
 * @param collector which aspect
 * @param at the wall clock's time when it ended, for people
 * @param startedNanos when it started, on the {@link System#nanoTime} scale
 * @param endedNanos when it ended, on the same scale
 * @param outcome how it ended
 * @param lines its samples; empty when it failed, unless that itself is what it saw
 * @param fact what it hands to the {@link Derivation}
 * @param dropped how many samples of which family the budget did not allow
 */
public record Snapshot(
        Target target,
        String collector,
        Instant at,
        long startedNanos,
        long endedNanos,
        Outcome outcome,
        List<FamilyLines> lines,
        Optional<Record> fact,
        Map<Family, Integer> dropped) {

    public Snapshot {
        lines = List.copyOf(lines);
        dropped = Map.copyOf(dropped);
    }

    /** A collection that ends now, and how it went. */
    public static Snapshot collected(Target target, String collector, long startedNanos, Samples samples) {
        var outcome = samples.outcome();
        var lines = samples.freeze();
        return new Snapshot(
                target,
                collector,
                Instant.now(),
                startedNanos,
                System.nanoTime(),
                outcome,
                lines,
                stands(outcome, lines) ? samples.fact() : Optional.empty(),
                samples.dropped());
    }

    /** The same, seen again now. */
    Snapshot again(long startedAgainNanos) {
        return new Snapshot(
                target, collector, Instant.now(), startedAgainNanos, System.nanoTime(), outcome, lines, fact, dropped);
    }

    static Snapshot failed(Target target, String collector, long startedNanos, Reason reason, String message) {
        return new Snapshot(
                target,
                collector,
                Instant.now(),
                startedNanos,
                System.nanoTime(),
                new Outcome.Failed(reason, message),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    public boolean succeeded() {
        return outcome instanceof Outcome.Collected;
    }

    /** Whether its samples and its fact stand: it succeeded, or the failure is what it was to see. */
    public boolean stands() {
        return stands(outcome, lines);
    }

    private static boolean stands(Outcome outcome, List<FamilyLines> lines) {
        return outcome instanceof Outcome.Collected || !lines.isEmpty();
    }

    public Duration took() {
        return Duration.ofNanos(endedNanos - startedNanos);
    }

    public int series() {
        return lines.stream().mapToInt(FamilyLines::series).sum();
    }
}
