// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Where a log's writer was when: the positions of a primary over time, from which the lag of a replica follows as the
 * age of the newest position that it has reached. No clock but ours takes part, so skew between machines is no matter.
 *
 * <p>Holds at most {@value #CAPACITY} entries. When it is full, those go whose neighbours are near enough for their
 * age, so it reaches back for months while no gap that this leaves is longer than 1/{@value #RESOLUTION} of its age: a
 * lag is exact to that share, or to the distance between two notes. Not safe for several threads.
 */
public final class OffsetTimeline {

    static final int CAPACITY = 2048;
    static final int RESOLUTION = 64;

    /** A writer that rests needs two entries, and there may be a thousand of them. */
    private static final int FIRST_CAPACITY = 8;

    /** How far behind a position is. */
    public sealed interface Lag {
        /** The age of the position, in seconds; 0 when the writer had not gone beyond it. */
        record Known(double seconds) implements Lag {}

        /** The position is older than what is remembered. */
        record AtLeast(double seconds) implements Lag {}

        /** Nothing is remembered from before the moment that was asked about. */
        record Unknown() implements Lag {}
    }

    private long[] nanos = new long[FIRST_CAPACITY];
    private long[] offsets = new long[FIRST_CAPACITY];
    private int size;

    /**
     * Notes that the writer was at an offset. A step back means another history: what was noted before is forgotten.
     * A note that is not newer than the newest says nothing.
     */
    public void record(long atNanos, long offset) {
        if (size > 0 && atNanos <= nanos[size - 1]) {
            return;
        }
        if (size > 0 && offset < offsets[size - 1]) {
            size = 0;
        }
        // A writer that rests is two entries: when it came to the offset, and when it was last seen there.
        if (size > 1 && offset == offsets[size - 1] && offset == offsets[size - 2]) {
            nanos[size - 1] = atNanos;
            return;
        }
        if (size == CAPACITY) {
            thin();
        } else if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
            offsets = Arrays.copyOf(offsets, 2 * size);
        }
        nanos[size] = atNanos;
        offsets[size] = offset;
        size++;
    }

    /**
     * The lag of a reader that was at an offset at a time. Only what the writer was seen to have written before that
     * time counts; between two notes it is taken to have written evenly.
     */
    public Lag lag(long atNanos, long offset) {
        int newest = lastAtOrBefore(nanos, atNanos);
        if (size > 0 && offset >= offsets[Math.max(newest, 0)]) {
            return new Lag.Known(0);
        }
        if (newest < 0) {
            return new Lag.Unknown();
        }
        int reached = lastAtOrBefore(offsets, offset);
        if (reached < 0) {
            return new Lag.AtLeast(seconds(atNanos - nanos[0]));
        }
        double share = (double) (offset - offsets[reached]) / (offsets[reached + 1] - offsets[reached]);
        double beyond = share * (nanos[reached + 1] - nanos[reached]);
        return new Lag.Known(seconds(atNanos - nanos[reached] - (long) beyond));
    }

    /** The newest offset that the writer was seen at until then; empty when nothing is remembered from before. */
    public OptionalLong offset(long atNanos) {
        int newest = lastAtOrBefore(nanos, atNanos);
        return newest < 0 ? OptionalLong.empty() : OptionalLong.of(offsets[newest]);
    }

    public void clear() {
        size = 0;
    }

    private int lastAtOrBefore(long[] ascending, long value) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private void thin() {
        long newest = nanos[size - 1];
        int kept = 1;
        for (int i = 1; i < size; i++) {
            boolean last = i == size - 1;
            if (last || nanos[i + 1] - nanos[kept - 1] > (newest - nanos[i + 1]) / RESOLUTION) {
                move(i, kept++);
            }
        }
        size = kept;
        if (size > CAPACITY * 7 / 8) {
            forgetOldest(CAPACITY / 8);
        }
    }

    private void move(int from, int to) {
        nanos[to] = nanos[from];
        offsets[to] = offsets[from];
    }

    private void forgetOldest(int count) {
        System.arraycopy(nanos, count, nanos, 0, size - count);
        System.arraycopy(offsets, count, offsets, 0, size - count);
        size -= count;
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
