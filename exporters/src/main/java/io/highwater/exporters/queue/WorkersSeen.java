// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import java.util.Map;

/** How many workers of which queue are connected to one server. */
record WorkersSeen(String node, Map<QueueName, Integer> workers) {
    WorkersSeen {
        workers = Map.copyOf(workers);
    }
}
