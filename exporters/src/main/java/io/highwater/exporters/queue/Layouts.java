// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Several layouts as one: what they ask goes to the server together. Each queue has its layout's name as its scope. */
record Layouts(Map<String, Layout> byName) implements Layout {

    Layouts {
        byName = Map.copyOf(byName);
    }

    @Override
    public List<Search> searches() {
        return byName.values().stream()
                .flatMap(layout -> layout.searches().stream())
                .toList();
    }

    @Override
    public List<QueueName> given() {
        return byName.values().stream()
                .flatMap(layout -> layout.given().stream())
                .toList();
    }

    @Override
    public QueueReader reader(QueueName queue, double watchedSince) {
        return of(queue).reader(queue, watchedSince);
    }

    @Override
    public boolean marksWorkers() {
        return byName.values().stream().anyMatch(Layout::marksWorkers);
    }

    @Override
    public Optional<Workers.Mark> workerMark(QueueName queue) {
        return of(queue).workerMark(queue);
    }

    private Layout of(QueueName queue) {
        return Objects.requireNonNull(byName.get(queue.scope()), queue.scope());
    }
}
