// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Which of the jobs of a list waits the longest, from the times of those that are taken next. Jobs are pushed with the
 * time of then, to one end or the other, so times fall from an end to the oldest and rise from there: once they rise,
 * there is no older one behind.
 *
 * @param since when it came, in seconds since 1970; empty when that is not known of one of them, or there is none
 * @param exact whether there is no older one; else it waits at least as long
 */
record Oldest(OptionalDouble since, boolean exact) {

    /** @param all whether these are all that there are */
    static Oldest of(List<OptionalDouble> times, boolean all) {
        double oldest = Double.POSITIVE_INFINITY;
        for (var time : times) {
            if (time.isEmpty()) {
                return new Oldest(OptionalDouble.empty(), false);
            }
            if (time.getAsDouble() > oldest) {
                return new Oldest(OptionalDouble.of(oldest), true);
            }
            oldest = time.getAsDouble();
        }
        return new Oldest(times.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(oldest), all);
    }

    /** The older one, of lists that are taken together. */
    Oldest or(Oldest other) {
        if (since.isEmpty() || other.since.isEmpty()) {
            return since.isEmpty() ? other : this;
        }
        var older = since.getAsDouble() <= other.since.getAsDouble() ? since : other.since;
        return new Oldest(older, exact && other.exact);
    }

    /** Adds what is known of them, of which there are so many. */
    void addTo(QueueState state, long jobs, double now) {
        if (since.isPresent() || jobs == 0) {
            state.oldestWaiting(since, now).put(Measure.OLDEST_WAITING_EXACT, exact || jobs == 0);
        }
    }
}
