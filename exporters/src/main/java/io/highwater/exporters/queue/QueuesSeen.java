// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import java.util.List;

/**
 * What one server said of its queues.
 *
 * @param authority whether it is the one to be believed: not a replica of another that is watched, too
 * @param queues none when it is not
 * @param leftOut how many there are beside these
 */
record QueuesSeen(String node, boolean authority, List<QueueState> queues, int leftOut) {
    QueuesSeen {
        queues = List.copyOf(queues);
    }
}
