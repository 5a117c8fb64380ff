// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one reading of a {@link JobSlice} found. Times are seconds since 1970 by the server's clock.
 *
 * @param at when it was read
 * @param capped whether there are more jobs than were looked at: then those of a queue are at least so many
 * @param reached jobs that were not looked at are not older than this; empty when nothing is known of them
 * @param queues what was found of each
 */
record JobNumbers(double at, boolean capped, OptionalDouble reached, Map<String, InQueue> queues) {

    JobNumbers {
        queues = Map.copyOf(queues);
    }

    /**
     * Jobs of one queue.
     *
     * @param oldest the earliest of their times
     * @param newest the latest
     * @param past how many times are in the past
     */
    record InQueue(long jobs, OptionalDouble oldest, OptionalDouble newest, long past) {

        static final InQueue NONE = new InQueue(0, OptionalDouble.empty(), OptionalDouble.empty(), 0);
    }

    InQueue of(String queue) {
        return queues.getOrDefault(queue, InQueue.NONE);
    }

    /** Whether no job of a queue has an earlier time than that. */
    boolean isOldest(double time) {
        return !capped || time <= reached.orElse(Double.NEGATIVE_INFINITY);
    }
}
