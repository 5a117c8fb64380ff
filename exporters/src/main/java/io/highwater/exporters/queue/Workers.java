// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.redis.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The workers that are connected to a server, each by one connection that is called after its queue, with {@code :w:<name>}
 * behind that when the worker has a name.
 */
final class Workers {

    private Workers() {}

    /**
     * None of a queue is 0.
     *
     * @param names what the connections are called
     */
    static Map<QueueName, Integer> read(Lane.Pipeline server, Map<QueueName, String> names)
            throws CollectionException {
        if (names.isEmpty()) {
            return Map.of();
        }
        var clients =
                names(server.ask(List.of(List.of("CLIENT", "LIST"))).getFirst().text());
        var workers = new HashMap<QueueName, Integer>();
        names.forEach((queue, name) -> workers.put(queue, clients.getOrDefault(name, 0)));
        return workers;
    }

    private static Map<String, Integer> names(String clients) {
        var names = new HashMap<String, Integer>();
        for (var client : clients.split("\n")) {
            int start = client.indexOf(" name=");
            if (start >= 0) {
                start += " name=".length();
                int end = client.indexOf(' ', start);
                var name = client.substring(start, end < 0 ? client.length() : end);
                int worker = name.indexOf(":w:");
                names.merge(worker < 0 ? name : name.substring(0, worker), 1, Integer::sum);
            }
        }
        return names;
    }
}
