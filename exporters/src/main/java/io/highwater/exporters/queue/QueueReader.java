// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reading of one queue in Redis, one collection after the other, by one thread at a time. What all queues ask goes
 * to the server together: once for what is asked first, and once for what follows from that.
 */
interface QueueReader {

    /** @param deepest how many waiting jobs of this queue are looked at one by one */
    List<Question> first(int deepest) throws CollectionException;

    /**
     * After the first questions were answered.
     *
     * @param now the server's time, in milliseconds since 1970
     */
    List<Question> second(double now) throws CollectionException;

    /** After the second ones were, too. */
    QueueState state(double now) throws CollectionException;

    /** The key of its stream of events and the id at which it ended, when nothing was to be done; else empty. */
    default Optional<Map.Entry<String, String>> idleAt() {
        return Optional.empty();
    }
}
