// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import java.time.Duration;

/**
 * How often one table is read. One that is quick is read with every collection. One that is not, or gave trouble, is
 * read apart from the others, so that it delays none, and so seldom that reading takes but a small part of the time.
 *
 * @param apart whether it is read apart
 * @param every how long from the start of one reading to the next
 */
record Pace(boolean apart, Duration every) {

    /** In intervals of the quick ones: a minute, unless that is configured. */
    private static final int SELDOM = 12;

    /** Of the interval a quick one may take: 1 in so many. */
    private static final int QUICK = 5;

    private static final int TENTH = 10;
    private static final int HUNDREDTH = 100;

    static Pace quick(Duration interval) {
        return new Pace(false, interval);
    }

    /** How long a table is left alone at least that has to be read as a whole, or could not be read. */
    static Duration seldom(Duration interval) {
        return interval.multipliedBy(SELDOM);
    }

    /** For one that could not be read. */
    static Pace afterFailure(Duration interval, Duration took) {
        return new Pace(true, longer(seldom(interval), took.multipliedBy(HUNDREDTH)));
    }

    /**
     * For one that took so long.
     *
     * @param interval of the quick ones
     */
    static Pace after(Duration interval, Duration took, boolean readsWholeTable) {
        if (readsWholeTable) {
            return afterFailure(interval, took);
        }
        return took.multipliedBy(QUICK).compareTo(interval) <= 0
                ? quick(interval)
                : new Pace(true, longer(interval, took.multipliedBy(TENTH)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
