// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Globs;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Keys that are queues by themselves, lists or sorted sets, which the configuration names in full or by globs.
 *
 * @param name the layout's
 * @param entries what the configuration says; the first that names a key is the one
 * @param size the command that counts what is in such a key, and is an error with any other
 */
record KeyLayout<E extends QueuesSettings.Keys>(
        String name, List<E> entries, String size, BiFunction<QueueName, E, QueueReader> reading) implements Layout {

    @Override
    public List<Search> searches() {
        return entries.stream()
                .flatMap(entry -> entry.keys().stream())
                .filter(key -> key.contains("*"))
                .map(glob -> Search.named(glob, this::candidate))
                .toList();
    }

    private Optional<Search.Candidate> candidate(String key) {
        return Optional.of(Search.Candidate.of(queue(key), new Question(size, key)));
    }

    private QueueName queue(String key) {
        return QueueName.of(name, "", new QueueName.Place("", key));
    }

    @Override
    public List<QueueName> given() {
        return entries.stream()
                .flatMap(entry -> QueuesSettings.literal(entry.keys()))
                .map(this::queue)
                .toList();
    }

    @Override
    public QueueReader reader(QueueName queue, double watchedSince) {
        var key = queue.place().name();
        var entry = entries.stream().filter(one -> Globs.any(one.keys(), key)).findFirst();
        return reading.apply(queue, entry.orElseThrow());
    }
}
