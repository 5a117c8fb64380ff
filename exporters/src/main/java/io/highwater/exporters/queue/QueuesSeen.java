// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import java.util.List;
import java.util.Map;

/**
 * What one server said of its queues.
 *
 * @param authority whether it is the one to be believed: not a replica of another that is watched, too
 * @param queues none when it is not
 * @param leftOut how many there are beside these
 * @param withoutIndex of tables of jobs, by name and state, whether they are large and read as a whole for want of an index
 */
record QueuesSeen(
        String node, boolean authority, List<QueueState> queues, int leftOut, Map<String, Boolean> withoutIndex) {

    QueuesSeen {
        queues = List.copyOf(queues);
        withoutIndex = Map.copyOf(withoutIndex);
    }

    QueuesSeen(String node, boolean authority, List<QueueState> queues, int leftOut) {
        this(node, authority, queues, leftOut, Map.of());
    }
}
