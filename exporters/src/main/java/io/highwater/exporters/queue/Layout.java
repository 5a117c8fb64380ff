// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import java.util.List;
import java.util.Optional;

/** How one library keeps its queues in Redis, and where to look for them. Another library is another one of these. */
interface Layout {

    /** Where its queues are found, when they are not all given by name. */
    List<Search> searches();

    /** Queues that are there whether they are found or not. */
    List<QueueName> given();

    /** @param watchedSince when the agent began to look at this server, by its clock, in milliseconds since 1970 */
    QueueReader reader(QueueName queue, double watchedSince);

    /** Whether workers are known by their connections. */
    default boolean marksWorkers() {
        return false;
    }

    /** What tells a worker of the queue by its connections; empty when workers are not known by these. */
    default Optional<Workers.Mark> workerMark(QueueName queue) {
        return Optional.empty();
    }
}
