// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The samples of one family in one snapshot: as lines, {@code name{labels} value\n} each, in UTF-8, for the exposition;
 * and as numbers for signals, without the labels that the target gives.
 */
public final class FamilyLines {

    private final Family family;
    private final byte[] bytes;
    private final List<List<String>> labelValues;
    private final double[] values;

    /**
     * @param labelValues of each series, one for each of {@link Family#labels}
     * @param values of each series in the same order; empty for a histogram, which is not one number
     */
    FamilyLines(Family family, byte[] bytes, List<List<String>> labelValues, double[] values) {
        this.family = family;
        this.bytes = bytes;
        this.labelValues = labelValues;
        this.values = values;
    }

    public Family family() {
        return family;
    }

    public int series() {
        return labelValues.size();
    }

    /** One for each of {@link Family#labels}. */
    public List<String> labelValues(int series) {
        return labelValues.get(series);
    }

    /** The number itself; finite or infinite. */
    public double value(int series) {
        return values[series];
    }

    /** The lines themselves; shared, not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
