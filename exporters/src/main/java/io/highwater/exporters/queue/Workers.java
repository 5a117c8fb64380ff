// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.redis.Lane;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The workers that are connected to a server, each known by one connection of it. */
final class Workers {

    /**
     * That connection.
     *
     * @param name what it is called; {@code :w:<name>} comes behind that when the worker has a name
     * @param command its last one; empty when none but a worker's connection is called so
     */
    record Mark(String name, String command) {}

    private Workers() {}

    /** None of a queue is 0. */
    static Map<QueueName, Integer> read(Lane.Pipeline server, Map<QueueName, Mark> marks) throws CollectionException {
        var clients = server.ask(List.of(List.of("CLIENT", "LIST"))).getFirst().text();
        var connections = new HashMap<Mark, Integer>();
        clients.lines().forEach(client -> {
            var name = field(client, "name");
            int worker = name.indexOf(":w:");
            var queue = worker < 0 ? name : name.substring(0, worker);
            connections.merge(new Mark(queue, ""), 1, Integer::sum);
            connections.merge(new Mark(queue, field(client, "cmd")), 1, Integer::sum);
        });
        var workers = new HashMap<QueueName, Integer>();
        marks.forEach((queue, mark) -> workers.put(queue, connections.getOrDefault(mark, 0)));
        return workers;
    }

    /** Empty when there is none. */
    private static String field(String client, String field) {
        int start = client.indexOf(" " + field + "=");
        if (start < 0) {
            return "";
        }
        start += field.length() + 2;
        int end = client.indexOf(' ', start);
        return client.substring(start, end < 0 ? client.length() : end);
    }
}
