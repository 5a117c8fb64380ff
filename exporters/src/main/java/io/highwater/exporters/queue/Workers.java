// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.redis.Lane;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The workers of BullMQ and Bull that are connected to a server: each has one connection that is named after the queue,
 * {@code <prefix>:<base64 of the queue>}, with {@code :w:<name>} after it when the worker has a name.
 */
final class Workers {

    private Workers() {}

    /** None of a queue is 0. */
    static Map<QueueName, Integer> read(Lane.Pipeline server, List<QueueName> queues) throws CollectionException {
        var clients =
                names(server.ask(List.of(List.of("CLIENT", "LIST"))).getFirst().text());
        var workers = new HashMap<QueueName, Integer>();
        for (var queue : queues) {
            var name = queue.scope() + ":"
                    + Base64.getEncoder().encodeToString(queue.name().getBytes(UTF_8));
            workers.put(queue, clients.getOrDefault(name, 0));
        }
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
