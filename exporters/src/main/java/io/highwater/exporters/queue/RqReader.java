// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The reading of one queue of RQ. What RQ itself would clean up while it counts is told apart by its score. */
final class RqReader implements QueueReader {

    /** Of the next jobs in the list; those put at its front are newer than others. */
    private static final int LOOKED_AT = 16;

    private static final int MOST_ACTIVE = 100;
    private static final int MOST_WORKERS = 1000;

    private final QueueName name;
    private final String prefix;
    private final String queue;
    private final DueSet scheduled;
    private final List<Question> waitingSince = new ArrayList<>();
    private final List<Question> startedAt = new ArrayList<>();
    private final List<Question> heartbeats = new ArrayList<>();
    private Question waiting = new Question();
    private Question next = new Question();
    private Question between = new Question();
    private Question active = new Question();
    private Question activeJobs = new Question();
    private Question deferred = new Question();
    private Question firstFailed = new Question();
    private Question workers = new Question();
    private Question suspended = new Question();
    private Question finished = new Question();
    private Question failed = new Question();
    private Question abandoned = new Question();
    private Question failedAt = new Question();

    RqReader(QueueName name) {
        this.name = name;
        this.prefix = name.place().prefix() + ":";
        this.queue = name.place().name();
        this.scheduled = new DueSet(prefix + "scheduled:" + queue, 1);
    }

    @Override
    public List<Question> first(int deepest) {
        var questions = new Questions();
        var list = prefix + "queue:" + queue;
        waiting = questions.ask("LLEN", list);
        next = questions.ask("LRANGE", list, "0", String.valueOf(LOOKED_AT - 1));
        between = questions.ask("LLEN", list + ":intermediate");
        active = questions.ask("ZCARD", prefix + "wip:" + queue);
        activeJobs = questions.ask("ZRANGE", prefix + "wip:" + queue, "0", String.valueOf(MOST_ACTIVE - 1));
        deferred = questions.ask("ZCARD", prefix + "deferred:" + queue);
        firstFailed = questions.ask("ZRANGE", prefix + "failed:" + queue, "0", "0");
        workers = questions.ask("SMEMBERS", prefix + "workers:" + queue);
        suspended = questions.ask("EXISTS", prefix + "suspended");
        scheduled.askFirst(questions);
        return questions.all();
    }

    @Override
    public List<Question> second(double now) throws CollectionException {
        var questions = new Questions();
        var score = String.valueOf(now / 1000);
        finished = questions.ask("ZCOUNT", prefix + "finished:" + queue, "(" + score, "+inf");
        failed = questions.ask("ZCOUNT", prefix + "failed:" + queue, "(" + score, "+inf");
        abandoned = questions.ask("ZCOUNT", prefix + "wip:" + queue, "0", score);
        scheduled.askSecond(now / 1000, questions);
        askEach(next.texts(), "enqueued_at", waitingSince, questions);
        askEach(activeJobs.texts(), "started_at", startedAt, questions);
        failedAt = new Question();
        for (var job : firstFailed.texts()) {
            failedAt = questions.ask("HGET", prefix + "job:" + job, "ended_at");
        }
        heartbeats.clear();
        for (var worker : workers.texts().stream().limit(MOST_WORKERS).toList()) {
            heartbeats.add(questions.ask("HGET", worker, "last_heartbeat"));
        }
        return questions.all();
    }

    /** From 2.0 on, a job that is worked on is followed by a colon and the attempt. */
    private void askEach(List<String> jobs, String field, List<Question> answers, Questions questions) {
        answers.clear();
        for (var job : jobs) {
            int end = field.equals("started_at") ? job.lastIndexOf(':') : -1;
            answers.add(questions.ask("HGET", prefix + "job:" + (end < 0 ? job : job.substring(0, end)), field));
        }
    }

    @Override
    public QueueState state(double now) throws CollectionException {
        double seconds = now / 1000;
        long taken = active.count() + between.count();
        var state = new QueueState(name)
                .count("waiting", waiting.count())
                .count("active", taken)
                .count("delayed", scheduled.all())
                .count("deferred", deferred.count())
                .count("completed", finished.count())
                .count("failed", failed.count())
                .put(Measure.PAUSED, suspended.count() > 0)
                .put(Measure.ACTIVE_WITHOUT_LOCK, (double) abandoned.count())
                .put(Measure.NEXT_DELAYED, scheduled.next())
                .overdue(scheduled.due(), scheduled.dueSince(), seconds)
                .backlog(
                        (double) (waiting.count() + taken + scheduled.due()),
                        OptionalLong.empty(),
                        OptionalLong.empty());
        // A job that was deleted may be in the list still; workers pass it over.
        var since =
                moments(waitingSince).stream().filter(OptionalDouble::isPresent).toList();
        Oldest.of(since, waitingSince.size() >= waiting.count()).addTo(state, waiting.count(), seconds);
        age(earliest(startedAt), seconds).ifPresent(age -> state.put(Measure.OLDEST_ACTIVE_AGE, age));
        age(moment(failedAt), seconds).ifPresent(age -> state.put(Measure.OLDEST_FAILED_AGE, age));
        addWorkers(state, seconds);
        return state;
    }

    /** What a worker says of itself is gone some minutes after it died without a word; its name may stay. */
    private void addWorkers(QueueState state, double now) throws CollectionException {
        long alive = 0;
        var last = OptionalDouble.empty();
        for (var heartbeat : heartbeats) {
            var at = moment(heartbeat);
            if (at.isPresent()) {
                alive++;
                last = OptionalDouble.of(Math.max(last.orElse(0), at.getAsDouble()));
            }
        }
        state.put(Measure.WORKERS, (double) alive).put(Measure.HEARTBEAT_AGE, age(last, now));
    }

    private static OptionalDouble moment(Question question) throws CollectionException {
        return Moment.of(question.text().orElse(""));
    }

    private static List<OptionalDouble> moments(List<Question> questions) throws CollectionException {
        var moments = new ArrayList<OptionalDouble>();
        for (var question : questions) {
            moments.add(moment(question));
        }
        return moments;
    }

    private static OptionalDouble earliest(List<Question> questions) throws CollectionException {
        return moments(questions).stream()
                .flatMapToDouble(OptionalDouble::stream)
                .min();
    }

    private static OptionalDouble age(OptionalDouble since, double now) {
        return since.isPresent() ? OptionalDouble.of(Math.max(0, now - since.getAsDouble())) : since;
    }
}
