// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

/** The sample lines of one family in one snapshot, rendered: {@code name{labels} value\n} each, in UTF-8. */
public final class FamilyLines {

    private final Family family;
    private final byte[] bytes;
    private final int series;

    FamilyLines(Family family, byte[] bytes, int series) {
        this.family = family;
        this.bytes = bytes;
        this.series = series;
    }

    public Family family() {
        return family;
    }

    public int series() {
        return series;
    }

    /** The lines themselves; shared, not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
