// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntToDoubleFunction;

/**
 * One backlog over about a minute: the newest note, and some before it, few enough for ten thousand backlogs. What is
 * not known is not a number. Not safe for several threads.
 */
final class BacklogHistory {

    /** How far back a rate looks; farther when no note is as near. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** Of nearer notes there is no rate: one item more or less would be much of it. */
    static final Duration SHORTEST = Duration.ofSeconds(3);

    /** Notes that are kept are that far apart at least. */
    private static final Duration SPACING = Duration.ofSeconds(10);

    /** Those inside the window, one at its beginning, the newest. */
    private static final int CAPACITY = (int) (WINDOW.toNanos() / SPACING.toNanos()) + 2;

    private final long[] nanos = new long[CAPACITY];
    private final double[] items = new double[CAPACITY];
    private final double[] arrivals = new double[CAPACITY];
    private final double[] completions = new double[CAPACITY];
    private int size;
    private OptionalDouble oldestAgeSeconds = OptionalDouble.empty();

    /** Notes what is known now, unless something as new was noted. */
    void note(Backlog now) {
        if (size > 0 && now.readNanos() - nanos[size - 1] <= 0) {
            return;
        }
        if (isBehind(now.arrivals(), arrivals) || isBehind(now.completions(), completions)) {
            size = 0;
        }
        // The one before stays when it is far enough from those that stay.
        if (size > 1 && nanos[size - 1] - nanos[size - 2] < SPACING.toNanos()) {
            size--;
        }
        forgetBefore(now.readNanos() - WINDOW.toNanos());
        nanos[size] = now.readNanos();
        items[size] = now.items().orElse(Double.NaN);
        arrivals[size] = number(now.arrivals());
        completions[size] = number(now.completions());
        size++;
        oldestAgeSeconds = now.oldestAgeSeconds();
    }

    /** Whether a count is less than it was: another history, as of a backend that was restarted, or a queue made anew. */
    private boolean isBehind(OptionalLong count, double[] counts) {
        for (int i = size - 1; i >= 0; i--) {
            if (!Double.isNaN(counts[i])) {
                return number(count) < counts[i];
            }
        }
        return false;
    }

    private static double number(OptionalLong count) {
        return count.isPresent() ? count.getAsLong() : Double.NaN;
    }

    /** The last one of before then stays: a rate over the whole window begins there. */
    private void forgetBefore(long then) {
        int first = 0;
        while (first + 1 < size && nanos[first + 1] - then <= 0) {
            first++;
        }
        size -= first;
        System.arraycopy(nanos, first, nanos, 0, size);
        System.arraycopy(items, first, items, 0, size);
        System.arraycopy(arrivals, first, arrivals, 0, size);
        System.arraycopy(completions, first, completions, 0, size);
    }

    OptionalDouble items() {
        return known(items[size - 1]);
    }

    OptionalDouble oldestAgeSeconds() {
        return oldestAgeSeconds;
    }

    /** As counted, or what was done with and what more there is. */
    OptionalDouble arrivalRate() {
        return rate(knows(arrivals) ? i -> arrivals[i] : i -> completions[i] + items[i]);
    }

    /** As counted, or what came and is not there any more. */
    OptionalDouble completionRate() {
        return rate(knows(completions) ? i -> completions[i] : i -> arrivals[i] - items[i]);
    }

    /** Until there are no items; infinite while these do not become fewer. */
    OptionalDouble drainSeconds() {
        return secondsFor(
                knows(arrivals) && knows(completions)
                        ? slope(i -> completions[i] - arrivals[i])
                        : slope(i -> -items[i]));
    }

    /** Until what comes now is done, since that is after all that is there. */
    OptionalDouble waitSeconds() {
        return secondsFor(completionRate());
    }

    private OptionalDouble secondsFor(OptionalDouble fewerPerSecond) {
        double left = items[size - 1];
        if (Double.isNaN(left) || left == 0) {
            return known(left);
        }
        return fewerPerSecond.isPresent()
                ? OptionalDouble.of(left / Math.max(0, fewerPerSecond.getAsDouble()))
                : OptionalDouble.empty();
    }

    private boolean knows(double[] values) {
        return !Double.isNaN(values[size - 1]);
    }

    private static OptionalDouble known(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Items and a count that are read one after the other may let either of the rates seem a little below 0. */
    private OptionalDouble rate(IntToDoubleFunction count) {
        var slope = slope(count);
        return slope.isPresent() ? OptionalDouble.of(Math.max(0, slope.getAsDouble())) : slope;
    }

    /** The growth per second since the oldest note that knows; empty when there is none that is far enough back. */
    private OptionalDouble slope(IntToDoubleFunction value) {
        double newest = value.applyAsDouble(size - 1);
        for (int i = 0; i < size - 1; i++) {
            double growth = newest - value.applyAsDouble(i);
            long took = nanos[size - 1] - nanos[i];
            if (!Double.isNaN(growth) && took >= SHORTEST.toNanos()) {
                return OptionalDouble.of(growth / (took / 1e9));
            }
        }
        return OptionalDouble.empty();
    }
}
