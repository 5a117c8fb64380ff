// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.List;

/** The reading of one queue of Sidekiq. */
final class SidekiqQueueReader implements QueueReader {

    private final QueueReader list;
    private Question paused = new Question();
    private final QueueName name;

    SidekiqQueueReader(QueueName name) {
        this.name = name;
        var key = name.place().prefix() + "queue:" + name.place().name();
        this.list = new ListReader(name, List.of(key), QueuesSettings.End.RIGHT, List.of("enqueued_at"));
    }

    @Override
    public List<Question> first(int deepest) throws CollectionException {
        var questions = new Questions();
        paused = questions.ask(
                "SISMEMBER", name.place().prefix() + "paused", name.place().name());
        questions.add(list.first(deepest));
        return questions.all();
    }

    @Override
    public List<Question> second(double now) throws CollectionException {
        return list.second(now);
    }

    @Override
    public QueueState state(double now) throws CollectionException {
        return list.state(now).put(Measure.PAUSED, paused.count() > 0);
    }
}
