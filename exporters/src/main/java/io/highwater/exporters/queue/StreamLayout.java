// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.core.Globs;
import io.highwater.exporters.client.redis.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Streams: each of their consumer groups is a queue of its own, called {@code <stream>/<group>}. */
record StreamLayout(List<QueuesSettings.Stream> entries) implements Layout {

    static final String NAME = "streams";

    StreamLayout {
        entries = List.copyOf(entries);
    }

    @Override
    public List<Search> searches() {
        return entries.stream()
                .flatMap(entry -> entry.keys().stream().map(key -> Search.named(key, one -> groups(one, entry))))
                .toList();
    }

    private static Optional<Search.Candidate> groups(String stream, QueuesSettings.Stream entry) {
        var question = new Question("XINFO", "GROUPS", stream);
        return Optional.of(Search.Candidate.several(question, reply -> queues(reply, stream, entry)));
    }

    private static List<QueueName> queues(Reply reply, String stream, QueuesSettings.Stream entry)
            throws CollectionException {
        var queues = new ArrayList<QueueName>();
        for (var about : reply.items()) {
            // The name is the first of what is told.
            var group = about.items().get(1).text();
            if (Globs.any(entry.groups(), group)) {
                queues.add(new QueueName(stream + "/" + group, NAME, "redis", new QueueName.Place(stream, group)));
            }
        }
        return queues;
    }

    /** Which groups a stream has, and whether it has any, is to be found out. */
    @Override
    public List<QueueName> given() {
        return List.of();
    }

    @Override
    public QueueReader reader(QueueName queue, double watchedSince) {
        return new StreamReader(queue, queue.place().prefix(), queue.place().name());
    }
}
