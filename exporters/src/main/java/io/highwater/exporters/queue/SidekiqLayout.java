// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Globs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of Sidekiq: a list {@code queue:<name>} for each queue of the set {@code queues}, and what all of them
 * have together, which is shown as a queue of its own.
 */
final class SidekiqLayout implements Layout {

    static final String NAME = "sidekiq";

    private final QueuesSettings.Sidekiq settings;

    SidekiqLayout(QueuesSettings.Sidekiq settings) {
        this.settings = settings;
    }

    @Override
    public List<Search> searches() {
        var searches = new ArrayList<Search>();
        for (var namespace : settings.namespaces()) {
            var prefix = prefix(namespace);
            searches.add(Search.members(prefix + "queues", queue -> listed(prefix, queue)));
            for (var set : List.of("queues", "processes")) {
                searches.add(Search.members(prefix + set, _ -> Optional.of(together(prefix))));
            }
        }
        return searches;
    }

    private Optional<Search.Candidate> listed(String prefix, String queue) {
        return Globs.any(settings.queues(), queue)
                ? Optional.of(Search.Candidate.of(name(prefix, queue), new Question("LLEN", prefix + "queue:" + queue)))
                : Optional.empty();
    }

    private static Search.Candidate together(String prefix) {
        return Search.Candidate.of(name(prefix, QueuesSettings.TOGETHER), new Question("ZCARD", prefix + "schedule"));
    }

    private static QueueName name(String prefix, String queue) {
        return QueueName.of(NAME, prefix, new QueueName.Place(prefix, queue));
    }

    @Override
    public List<QueueName> given() {
        return settings.namespaces().stream()
                .flatMap(namespace ->
                        QueuesSettings.literal(settings.queues()).map(queue -> name(prefix(namespace), queue)))
                .toList();
    }

    private static String prefix(String namespace) {
        return namespace.isEmpty() ? "" : namespace + ":";
    }

    @Override
    public QueueReader reader(QueueName queue, double watchedSince) {
        return queue.place().name().equals(QueuesSettings.TOGETHER)
                ? new SidekiqReader(queue)
                : new SidekiqQueueReader(queue);
    }
}
