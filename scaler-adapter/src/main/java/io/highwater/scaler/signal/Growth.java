// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How one series changes over a window: some of its points, few enough for thousands of series. Not safe for several
 * threads.
 */
final class Growth {

    /** Points that are kept are that part of the window apart at least. */
    private static final int POINTS = 12;

    private final long window;
    private final boolean counter;
    private final long[] nanos = new long[POINTS + 2];
    private final double[] values = new double[POINTS + 2];
    private int size;
    private double last;
    private double resets;

    /** @param counter whether a fall is a restart of what is counted */
    Growth(Duration window, boolean counter) {
        this.window = window.toNanos();
        this.counter = counter;
    }

    void note(long atNanos, double value) {
        if (size > 0 && atNanos - nanos[size - 1] <= 0) {
            return;
        }
        if (counter && size > 0 && value < last) {
            resets += last;
        }
        last = value;
        if (size > 1 && nanos[size - 1] - nanos[size - 2] < window / POINTS) {
            size--;
        }
        forgetBefore(atNanos - window);
        nanos[size] = atNanos;
        values[size] = value + resets;
        size++;
    }

    /** The last point of before then stays: the window begins there. */
    private void forgetBefore(long then) {
        int first = 0;
        while (first + 1 < size && nanos[first + 1] - then <= 0) {
            first++;
        }
        size -= first;
        System.arraycopy(nanos, first, nanos, 0, size);
        System.arraycopy(values, first, values, 0, size);
    }

    /** Per second; empty until half of the window is known. A counter's is never below 0. */
    OptionalDouble perSecond() {
        long took = size == 0 ? 0 : nanos[size - 1] - nanos[0];
        if (took < window / 2) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(counter ? (values[size - 1] - values[0]) / (took / 1e9) : leastSquares());
    }

    private double leastSquares() {
        double meanTime = 0;
        double meanValue = 0;
        for (int i = 0; i < size; i++) {
            meanTime += seconds(i) / size;
            meanValue += values[i] / size;
        }
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < size; i++) {
            double time = seconds(i) - meanTime;
            covariance += time * (values[i] - meanValue);
            variance += time * time;
        }
        return covariance / variance;
    }

    private double seconds(int point) {
        return (nanos[point] - nanos[0]) / 1e9;
    }
}
