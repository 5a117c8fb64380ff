// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.Arrays;
import java.util.List;

/**
 * How often what was observed was how large, in the buckets of a family, since it was made. Of one thread at a time;
 * {@link Samples#add(Family, Histogram, String...)} reads it.
 */
public final class Histogram {

    private final List<Double> bounds;
    private final double[] upper;
    /** Not cumulative; the last one is for what is above all bounds. */
    private final long[] counts;

    private double sum;

    private Histogram(Histogram other) {
        bounds = other.bounds;
        upper = other.upper;
        counts = other.counts.clone();
        sum = other.sum;
    }

    /** @param family a histogram, whose bounds it has */
    public Histogram(Family family) {
        if (family.kind() != Family.Kind.HISTOGRAM) {
            throw new IllegalArgumentException("family " + family.name() + " is no histogram");
        }
        bounds = family.bounds();
        upper = bounds.stream().mapToDouble(bound -> bound).toArray();
        counts = new long[upper.length + 1];
    }

    /**
     * Counts a value in the lowest bucket whose bound is not below it. What is below 0, as a difference between two
     * clocks may be, counts as 0.
     *
     * @throws IllegalArgumentException for what is infinite or not a number, which would spoil the sum for good
     */
    public void observe(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a histogram cannot observe " + value);
        }
        double observed = Math.max(0.0, value);
        int place = Arrays.binarySearch(upper, observed);
        counts[place >= 0 ? place : -place - 1]++;
        sum += observed;
    }

    /** The same as of now, for another thread. */
    public Histogram copy() {
        return new Histogram(this);
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** In the unit of what was observed. */
    public double sum() {
        return sum;
    }

    List<Double> bounds() {
        return bounds;
    }

    /** @param prefixes one for each line, each with a newline after it, as {@link SeriesPrefixes} has them */
    void appendTo(LineBuffer out, byte[] prefixes) {
        int at = 0;
        long below = 0;
        for (long count : counts) {
            below += count;
            at = appendLine(out, prefixes, at, (double) below);
        }
        at = appendLine(out, prefixes, at, sum);
        appendLine(out, prefixes, at, (double) below);
    }

    /** Returns where the next prefix begins. No label has a newline in it: it is escaped. */
    private static int appendLine(LineBuffer out, byte[] prefixes, int from, double value) {
        int end = from;
        while (prefixes[end] != '\n') {
            end++;
        }
        out.append(prefixes, from, end);
        out.append(value);
        out.append('\n');
        return end + 1;
    }
}
