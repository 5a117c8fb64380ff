// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.List;
import java.util.OptionalLong;

/** The reading of one sorted set whose members wait for their time, and are taken by whoever polls it. */
final class SchedulerReader implements QueueReader {

    static final String LAYOUT = "schedulers";

    private final QueueName name;
    private final DueSet jobs;

    SchedulerReader(QueueName name, DueSet jobs) {
        this.name = name;
        this.jobs = jobs;
    }

    static Layout layout(List<QueuesSettings.Scheduler> entries) {
        return new KeyLayout<>(LAYOUT, entries, "ZCARD", (queue, entry) -> {
            var jobs = new DueSet(queue.place().name(), entry.unit().perSecond());
            return new SchedulerReader(queue, jobs);
        });
    }

    @Override
    public List<Question> first(int deepest) {
        var questions = new Questions();
        jobs.askFirst(questions);
        return questions.all();
    }

    @Override
    public List<Question> second(double now) {
        var questions = new Questions();
        jobs.askSecond(now / 1000, questions);
        return questions.all();
    }

    @Override
    public QueueState state(double now) throws CollectionException {
        var state = new QueueState(name)
                .count("waiting", jobs.due())
                .count("delayed", jobs.all() - jobs.due())
                .oldestWaiting(jobs.dueSince(), now / 1000)
                .put(Measure.OLDEST_WAITING_EXACT, true)
                .put(Measure.NEXT_DELAYED, jobs.next());
        return state.overdue(jobs.due(), jobs.dueSince(), now / 1000)
                .backlog((double) jobs.due(), OptionalLong.empty(), OptionalLong.empty());
    }
}
