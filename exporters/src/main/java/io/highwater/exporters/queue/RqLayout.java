// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Globs;
import java.util.List;
import java.util.Optional;

/** The keys of RQ 2 and 3, {@code rq:<what>:<queue>}, and the set {@code rq:queues} of its queues. */
final class RqLayout implements Layout {

    static final String NAME = "rq";

    private static final String USUAL_PREFIX = "rq";

    private final QueuesSettings.Rq settings;

    RqLayout(QueuesSettings.Rq settings) {
        this.settings = settings;
    }

    @Override
    public List<Search> searches() {
        return settings.prefixes().stream()
                .map(prefix -> Search.members(prefix + ":queues", key -> candidate(prefix, key)))
                .toList();
    }

    private Optional<Search.Candidate> candidate(String prefix, String key) {
        var start = prefix + ":queue:";
        var queue = key.startsWith(start) ? key.substring(start.length()) : "";
        return !queue.isEmpty() && Globs.any(settings.queues(), queue)
                ? Optional.of(Search.Candidate.of(name(prefix, queue), new Question("LLEN", key)))
                : Optional.empty();
    }

    private static QueueName name(String prefix, String queue) {
        var shown = prefix.equals(USUAL_PREFIX) ? "" : prefix + ":";
        return QueueName.of(NAME, shown, new QueueName.Place(prefix, queue));
    }

    @Override
    public List<QueueName> given() {
        return settings.prefixes().stream()
                .flatMap(prefix -> QueuesSettings.literal(settings.queues()).map(queue -> name(prefix, queue)))
                .toList();
    }

    @Override
    public QueueReader reader(QueueName queue, double watchedSince) {
        return new RqReader(queue);
    }
}
