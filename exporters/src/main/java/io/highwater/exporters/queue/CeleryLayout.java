// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.core.Globs;
import io.highwater.exporters.client.redis.Reply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The keys of Celery's broker in Redis, which is Kombu's: a list for each queue and priority, a set for each exchange with
 * the queues that are bound to it, and what was handed to workers of all queues, which is shown as a queue of its own.
 */
final class CeleryLayout implements Layout {

    static final String NAME = "celery";

    private static final String BINDINGS = "_kombu.binding.";

    /** Exchanges by which workers are spoken to, and not given work. */
    private static final List<String> CONTROL = List.of("celery.pidbox", "reply.celery.pidbox", "celeryev");

    private final QueuesSettings.Celery settings;

    CeleryLayout(QueuesSettings.Celery settings) {
        this.settings = settings;
    }

    @Override
    public List<Search> searches() {
        return settings.prefixes().stream()
                .map(prefix -> Search.keys(Search.literal(prefix + BINDINGS) + "*", key -> candidate(prefix, key)))
                .toList();
    }

    private Optional<Search.Candidate> candidate(String prefix, String key) {
        return CONTROL.contains(key.substring((prefix + BINDINGS).length()))
                ? Optional.empty()
                : Optional.of(Search.Candidate.several(new Question("SMEMBERS", key), reply -> bound(prefix, reply)));
    }

    /** Routing key, pattern and queue of each binding. */
    private List<QueueName> bound(String prefix, Reply reply) throws CollectionException {
        var queues = new LinkedHashSet<QueueName>();
        for (var binding : reply.items()) {
            var text = binding.text();
            int end = text.lastIndexOf(settings.separator());
            var queue = end < 0 ? "" : text.substring(end + settings.separator().length());
            if (!queue.isEmpty() && Globs.any(settings.queues(), queue)) {
                queues.add(name(prefix, queue));
            }
        }
        if (!queues.isEmpty()) {
            queues.add(name(prefix, QueuesSettings.TOGETHER));
        }
        return List.copyOf(queues);
    }

    private static QueueName name(String prefix, String queue) {
        return QueueName.of(NAME, prefix, new QueueName.Place(prefix, queue));
    }

    @Override
    public List<QueueName> given() {
        return settings.prefixes().stream()
                .flatMap(prefix -> QueuesSettings.literal(settings.queues()).map(queue -> name(prefix, queue)))
                .toList();
    }

    @Override
    public QueueReader reader(QueueName queue, double watchedSince) {
        return queue.place().name().equals(QueuesSettings.TOGETHER)
                ? new CeleryTakenReader(queue)
                : new ListReader(queue, keys(queue.place()), QueuesSettings.End.RIGHT, settings.timePath());
    }

    private List<String> keys(QueueName.Place queue) {
        var keys = new ArrayList<String>();
        for (int step : settings.prioritySteps()) {
            keys.add(queue.prefix() + queue.name() + (step == 0 ? "" : settings.separator() + step));
        }
        return keys;
    }
}
