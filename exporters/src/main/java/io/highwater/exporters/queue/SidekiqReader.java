// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The reading of what all queues of one Sidekiq have together: jobs that are due later, the dead, processes, totals. */
final class SidekiqReader implements QueueReader {

    private final QueueName name;
    private final String prefix;
    private final SidekiqProcesses processes;
    private final DueSet schedule;
    private final DueSet retries;
    private Question dead = new Question();
    private Question oldestDead = new Question();
    private Question totals = new Question();

    SidekiqReader(QueueName name) {
        this.name = name;
        this.prefix = name.place().prefix();
        this.processes = new SidekiqProcesses(prefix);
        this.schedule = new DueSet(prefix + "schedule", 1);
        this.retries = new DueSet(prefix + "retry", 1);
    }

    @Override
    public List<Question> first(int deepest) {
        var questions = new Questions();
        schedule.askFirst(questions);
        retries.askFirst(questions);
        processes.askFirst(questions);
        dead = questions.ask("ZCARD", prefix + "dead");
        oldestDead = questions.ask("ZRANGE", prefix + "dead", "0", "0", "WITHSCORES");
        totals = questions.ask("MGET", prefix + "stat:processed", prefix + "stat:failed");
        return questions.all();
    }

    @Override
    public List<Question> second(double now) throws CollectionException {
        var questions = new Questions();
        schedule.askSecond(now / 1000, questions);
        retries.askSecond(now / 1000, questions);
        processes.askSecond(questions);
        return questions.all();
    }

    @Override
    public QueueState state(double now) throws CollectionException {
        double seconds = now / 1000;
        var state = new QueueState(name)
                .count("delayed", schedule.all())
                .count("retry", retries.all())
                .count("dead", dead.count())
                .put(Measure.NEXT_DELAYED, first(schedule.next(), retries.next()))
                .overdue(schedule.due() + retries.due(), first(schedule.dueSince(), retries.dueSince()), seconds);
        var died = oldestDead.firstScore();
        if (died.isPresent()) {
            state.put(Measure.OLDEST_FAILED_AGE, Math.max(0, seconds - died.getAsDouble()));
        }
        processes.addTo(state, seconds);
        addTotals(state);
        return state;
    }

    /** Both counts are added at once, when a process gives its sign of life. */
    private void addTotals(QueueState state) throws CollectionException {
        var processed = Question.whole(totals.texts().get(0));
        var failed = Question.whole(totals.texts().get(1));
        state.put(Measure.ATTEMPTS_FAILED, failed);
        if (processed.isPresent() && processed.getAsLong() >= failed.orElse(0)) {
            state.put(Measure.COMPLETED, (double) (processed.getAsLong() - failed.orElse(0)));
        }
    }

    private static OptionalDouble first(OptionalDouble one, OptionalDouble other) {
        return Stream.of(one, other).flatMapToDouble(time -> time.stream()).min();
    }
}
