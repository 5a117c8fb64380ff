// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow: sample lines on their way into a {@link FamilyLines}. */
final class LineBuffer {

    private static final double EXACT_LONGS = 1L << 53;

    private byte[] bytes = new byte[256];
    private int length;

    void append(byte[] more) {
        append(more, 0, more.length);
    }

    /** Appends what stands between two places. */
    void append(byte[] more, int from, int to) {
        reserve(to - from);
        System.arraycopy(more, from, bytes, length, to - from);
        length += to - from;
    }

    void append(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
    }

    /** A value as Prometheus reads it: whole numbers without a fraction, {@code +Inf} and {@code -Inf}. */
    void append(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT_LONGS) {
            append((long) value);
        } else if (Double.isInfinite(value)) {
            append(value > 0 ? "+Inf" : "-Inf");
        } else {
            append(Double.toString(value));
        }
    }

    private void append(long value) {
        if (value < 0) {
            append('-');
        }
        reserve(20);
        int start = length;
        // Counts down from the negative side, where Long.MIN_VALUE has a place.
        long rest = value < 0 ? value : -value;
        do {
            bytes[length++] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        for (int low = start, high = length - 1; low < high; low++, high--) {
            byte swap = bytes[low];
            bytes[low] = bytes[high];
            bytes[high] = swap;
        }
    }

    private void append(String ascii) {
        append(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
