// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The reading of one queue of BullMQ 3 to 6, or of Bull 3 and 4, whose keys are nearly the same. */
final class BullReader implements QueueReader {

    /** The score of a delayed job is when it is due, in milliseconds, times this, and something to tell jobs apart. */
    private static final double DELAYED_SCALE = 4096;

    /** What a worker sets the limiter to when it is told to wait by a job. */
    private static final long LIMITED_BY_HAND = (1L << 53) - 1;

    private static final String MOST_ACTIVE = "-100";

    private final QueueName name;
    private final String base;
    private final boolean mq;
    private final boolean reads;
    private final EventTail events;
    private final JobHistory history;
    private final WaitingJobs waiting;
    private boolean idle;
    private OptionalDouble lastSign = OptionalDouble.empty();
    private final List<Question> first = new ArrayList<>();
    private final List<Question> locks = new ArrayList<>();
    private Question meta = new Question();
    private Question active = new Question();
    private Question delayed = new Question();
    private Question children = new Question();
    private Question completed = new Question();
    private Question failed = new Question();
    private Question id = new Question();
    private Question activeJobs = new Question();
    private Question nextDelayed = new Question();
    private Question oldestFailed = new Question();
    private Question newestFailed = new Question();
    private Question newestCompleted = new Question();
    private Question stalledCheck = new Question();
    private Question limiter = new Question();
    private Question limiterTtl = new Question();
    private Question completedEver = new Question();
    private Question failedEver = new Question();
    private Question startedOldest = new Question();
    private Question overdue = new Question();

    /**
     * @param mq whether it is BullMQ's, with its metadata and events
     * @param reads whether the events are read
     * @param watchedSince events of a queue that is younger than this are all read
     */
    BullReader(QueueName name, boolean mq, boolean reads, double watchedSince, JobHistory history) {
        this.name = name;
        this.base = name.place().prefix() + ":" + name.place().name() + ":";
        this.mq = mq;
        this.reads = reads;
        this.events = new EventTail(base + "events", watchedSince, history);
        this.history = history;
        this.waiting = new WaitingJobs(base, history);
    }

    @Override
    public List<Question> first(int deepest) {
        first.clear();
        meta = mq
                ? ask("HMGET", base + "meta", "paused", "concurrency", "max", "version")
                : ask("EXISTS", base + "meta-paused");
        active = ask("LLEN", base + "active");
        delayed = ask("ZCARD", base + "delayed");
        children = ask("ZCARD", base + "waiting-children");
        completed = ask("ZCARD", base + "completed");
        failed = ask("ZCARD", base + "failed");
        id = ask("GET", base + "id");
        activeJobs = ask("LRANGE", base + "active", MOST_ACTIVE, "-1");
        nextDelayed = ask("ZRANGE", base + "delayed", "0", "0", "WITHSCORES");
        oldestFailed = ask("ZRANGE", base + "failed", "0", "0", "WITHSCORES");
        newestFailed = ask("ZRANGE", base + "failed", "-1", "-1", "WITHSCORES");
        newestCompleted = ask("ZRANGE", base + "completed", "-1", "-1", "WITHSCORES");
        stalledCheck = ask("GET", base + "stalled-check");
        limiter = ask("GET", base + "limiter");
        limiterTtl = ask("PTTL", base + "limiter");
        if (mq && !history.isTold()) {
            completedEver = ask("HGET", base + "metrics:completed", "count");
            failedEver = ask("HGET", base + "metrics:failed", "count");
        }
        first.addAll(waiting.first(deepest));
        // After the lists: what is told of a job that waits is not older than that it does.
        if (reads) {
            first.addAll(events.questions(deepest));
        }
        return List.copyOf(first);
    }

    private Question ask(String... command) {
        var question = new Question(command);
        first.add(question);
        return question;
    }

    @Override
    public List<Question> second(double now) throws CollectionException {
        if (reads) {
            events.read();
        }
        locks.clear();
        startedOldest = new Question();
        var jobs = activeJobs.texts().stream()
                .filter(job -> !WaitingJobs.isMarker(job))
                .toList();
        for (var job : jobs) {
            locks.add(new Question("EXISTS", base + job + ":lock"));
        }
        var more = new ArrayList<Question>();
        if (!jobs.isEmpty()) {
            startedOldest = new Question("HGET", base + jobs.getLast(), "processedOn");
            more.add(startedOldest);
        }
        overdue = new Question();
        if (due().orElse(now) < now) {
            overdue = new Question("ZCOUNT", base + "delayed", "-inf", "(" + (long) ((now + 1) * DELAYED_SCALE));
            more.add(overdue);
        }
        return Stream.of(locks, more, waiting.second()).flatMap(List::stream).toList();
    }

    private OptionalDouble due() throws CollectionException {
        var score = nextDelayed.firstScore();
        return score.isEmpty() ? score : OptionalDouble.of(Math.floor(score.getAsDouble() / DELAYED_SCALE));
    }

    @Override
    public QueueState state(double now) throws CollectionException {
        waiting.read(now);
        var state = new QueueState(name);
        addCounts(state);
        addWaiting(state, now);
        addDelayed(state, now);
        addActive(state, now);
        addSettings(state);
        addEvents(state);
        sinceSeconds(oldestFailed.firstScore(), now).ifPresent(age -> state.put(Measure.OLDEST_FAILED_AGE, age));
        see();
        sinceSeconds(lastSign, now).ifPresent(age -> state.put(Measure.HEARTBEAT_AGE, age));
        return state;
    }

    @Override
    public Optional<Map.Entry<String, String>> idleAt() {
        return reads && idle ? events.end() : Optional.empty();
    }

    private void addCounts(QueueState state) throws CollectionException {
        long markers = activeJobs.texts().stream().filter(WaitingJobs::isMarker).count();
        state.count("waiting", waiting.waiting())
                .count("paused", waiting.inPaused())
                .count("active", active.count() - markers)
                .count("delayed", delayed.count())
                .count("completed", completed.count())
                .count("failed", failed.count());
        if (mq) {
            state.count("prioritized", waiting.prioritized()).count("waiting-children", children.count());
        }
        state.put(Measure.ADDED, id.whole());
    }

    private void addWaiting(QueueState state, double now) throws CollectionException {
        var oldest = waiting.oldest();
        state.oldestWaiting(oldest.isEmpty() ? oldest : OptionalDouble.of(oldest.getAsDouble() / 1000), now / 1000)
                .put(Measure.OLDEST_WAITING_EXACT, waiting.isExact());
        double items = waiting.waiting() + waiting.inPaused() + waiting.prioritized() + active.count() + overdue();
        idle = items == 0;
        boolean counted = history.isTold() && !history.hasGap();
        state.backlog(items, OptionalLong.empty(), counted ? OptionalLong.of(history.ended()) : OptionalLong.empty());
    }

    private double overdue() throws CollectionException {
        return overdue.reply().value() == null ? 0 : (double) overdue.count();
    }

    private void addDelayed(QueueState state, double now) throws CollectionException {
        var due = due();
        if (due.isPresent()) {
            state.put(Measure.NEXT_DELAYED, due.getAsDouble() / 1000);
        }
        state.put(Measure.DELAYED_OVERDUE, Math.max(0, now - due.orElse(now)) / 1000)
                .put(Measure.DELAYED_OVERDUE_JOBS, overdue());
    }

    private void addActive(QueueState state, double now) throws CollectionException {
        var started = startedOldest.whole();
        sinceSeconds(millis(started), now).ifPresent(age -> state.put(Measure.OLDEST_ACTIVE_AGE, age));
        long free = 0;
        for (var lock : locks) {
            free += lock.count() == 0 ? 1 : 0;
        }
        state.put(Measure.ACTIVE_WITHOUT_LOCK, OptionalLong.of(free));
    }

    private void addSettings(QueueState state) throws CollectionException {
        if (!mq) {
            state.put(Measure.PAUSED, meta.count() > 0);
            addLimit(state, OptionalLong.empty());
            return;
        }
        var fields = meta.texts();
        state.put(Measure.PAUSED, !fields.getFirst().isEmpty())
                .put(Measure.CONCURRENCY_LIMIT, Question.whole(fields.get(1)))
                .version(Optional.of(fields.get(3)).map(BullReader::version));
        addLimit(state, Question.whole(fields.get(2)));
    }

    static String version(String written) {
        return written.startsWith("bullmq:") ? written.substring("bullmq:".length()) : written;
    }

    /** How many jobs a window allows is in the queue only when it was set for the queue; else the workers alone know. */
    private void addLimit(QueueState state, OptionalLong max) throws CollectionException {
        long ttl = limiterTtl.count();
        long taken = limiter.whole().orElse(0);
        state.put(Measure.RATE_LIMIT_TTL, Math.max(0, ttl) / 1000.0);
        if (ttl <= 0 || taken >= LIMITED_BY_HAND || max.isPresent()) {
            state.put(Measure.RATE_LIMITED, ttl > 0 && taken >= Math.min(max.orElse(LIMITED_BY_HAND), LIMITED_BY_HAND));
        }
    }

    private void addEvents(QueueState state) throws CollectionException {
        if (history.isTold()) {
            history.addTo(state);
        } else {
            state.put(Measure.COMPLETED, completedEver.whole()).put(Measure.FAILED, failedEver.whole());
        }
    }

    /** What only a worker does, and when one did it last. */
    private void see() throws CollectionException {
        for (var sign : List.of(
                millis(stalledCheck.whole()),
                newestFailed.firstScore(),
                newestCompleted.firstScore(),
                millis(startedOldest.whole()),
                history.lastWork())) {
            if (sign.isPresent() && sign.getAsDouble() > lastSign.orElse(0)) {
                lastSign = sign;
            }
        }
    }

    private static OptionalDouble millis(OptionalLong time) {
        return time.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) time.getAsLong());
    }

    /** Clocks of workers may be ahead of the server's. */
    private static OptionalDouble sinceSeconds(OptionalDouble millis, double now) {
        return millis.isEmpty() ? millis : OptionalDouble.of(Math.max(0, now - millis.getAsDouble()) / 1000);
    }
}
