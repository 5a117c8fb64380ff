// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.List;

/** The reading of what Celery's workers have taken from all queues and not acknowledged. */
final class CeleryTakenReader implements QueueReader {

    private final QueueName name;
    private Question messages = new Question();
    private Question oldest = new Question();

    CeleryTakenReader(QueueName name) {
        this.name = name;
    }

    @Override
    public List<Question> first(int deepest) {
        var questions = new Questions();
        var prefix = name.place().prefix();
        messages = questions.ask("HLEN", prefix + "unacked");
        oldest = questions.ask("ZRANGE", prefix + "unacked_index", "0", "0", "WITHSCORES");
        return questions.all();
    }

    @Override
    public List<Question> second(double now) {
        return List.of();
    }

    @Override
    public QueueState state(double now) throws CollectionException {
        var state = new QueueState(name).count("unacked", messages.count());
        var since = oldest.firstScore();
        if (since.isPresent()) {
            state.put(Measure.OLDEST_ACTIVE_AGE, Math.max(0, now / 1000 - since.getAsDouble()));
        }
        return state;
    }
}
