// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import java.util.Arrays;
import java.util.Locale;

/** Durations of one kind, in nanoseconds, sorted. */
final class Latencies {

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    static Latencies of(long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** Milliseconds with three digits, a dash when there is none: the smallest that so great a part does not exceed. */
    String at(double part) {
        if (sorted.length == 0) {
            return "–";
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return number(sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)] / 1e6);
    }

    /** Cells of a table: median, 99th percentile and greatest. */
    String cells() {
        return at(0.5) + " | " + at(0.99) + " | " + at(1);
    }

    /** As many digits as a shared machine deserves. */
    static String number(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
