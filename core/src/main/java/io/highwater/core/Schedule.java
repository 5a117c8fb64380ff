// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;

/**
 * When one collector of one target runs.
 *
 * @param interval from the start of one collection to the start of the next
 * @param timeout the deadline of one collection, counted from its start
 * @param maxAge how long a collection's samples are exposed after it ended when no newer one succeeds
 * @param maxSeries how many samples one family may have in one collection; what is above is dropped and counted
 */
public record Schedule(Duration interval, Duration timeout, Duration maxAge, int maxSeries) {

    public static final int DEFAULT_MAX_SERIES = 2000;

    public Schedule {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval must be longer than 0");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be longer than 0");
        }
        if (maxAge.compareTo(interval.plus(timeout)) < 0) {
            throw new IllegalArgumentException(
                    "maxAge must not be shorter than interval + timeout, or series would flap");
        }
        if (maxSeries < 1) {
            throw new IllegalArgumentException("maxSeries must be at least 1");
        }
    }

    /** A schedule whose samples vanish as soon as one interval was missed: maxAge is interval + timeout. */
    public static Schedule of(Duration interval, Duration timeout) {
        return new Schedule(interval, timeout, interval.plus(timeout), DEFAULT_MAX_SERIES);
    }
}
