// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Family;
import io.highwater.core.Family.Kind;
import java.util.List;
import java.util.Optional;

/** What may be known of a queue, one number each. A layout gives those that it knows; the others are absent. */
enum Measure {
    ADDED(
            Kind.COUNTER,
            "job_added_total",
            "Jobs that were ever added, counted by the queue itself; adding one that is there already counts, too.",
            "GET <queue>:id",
            "Bull: GET <queue>:id; streams: XINFO STREAM entries-added"),
    COMPLETED(
            Kind.COUNTER,
            "job_completed_total",
            "Jobs that ended well, as the queue counts them, else since the agent watches it.",
            "XREAD <queue>:events; without it HGET <queue>:metrics:completed",
            "Sidekiq: MGET stat:processed stat:failed, the difference"),
    FAILED(
            Kind.COUNTER,
            "job_failed_total",
            "Jobs that failed for good, since the agent watches the queue.",
            "XREAD <queue>:events; without it HGET <queue>:metrics:failed",
            ""),
    RETRIES_EXHAUSTED(
            Kind.COUNTER,
            "job_retries_exhausted_total",
            "Jobs that failed for good after all their attempts.",
            "XREAD <queue>:events",
            ""),
    ATTEMPTS_FAILED(
            Kind.COUNTER,
            "job_attempts_failed_total",
            "Attempts that failed, those among them after which the job was tried again.",
            "",
            "Sidekiq: GET stat:failed"),
    STALLED(
            Kind.COUNTER,
            "job_stalled_total",
            "Times that a job was taken from a worker that had not renewed its lock.",
            "XREAD <queue>:events",
            ""),
    OLDEST_WAITING_AGE(
            Kind.GAUGE,
            "queue_oldest_waiting_job_age_seconds",
            "How long the longest-waiting job could have been started: since it was added, became due, or came back from a"
                    + " retry or a stalled worker; 0 when none waits.",
            "XREAD <queue>:events; HMGET <queue>:<id> timestamp opts processedOn; TIME",
            "Bull: HMGET <queue>:<id>; lists, Celery: LRANGE, where elements have a time; Sidekiq: enqueued_at;"
                    + " RQ: HGET <job> enqueued_at; streams: XRANGE; schedulers: ZRANGE; TIME;"
                    + " tables: min of the later of createdAt and runAt"),
    OLDEST_WAITING_TIMESTAMP(
            Kind.GAUGE,
            "queue_oldest_waiting_job_timestamp_seconds",
            "Since when the longest-waiting job could have been started; absent when none waits.",
            "as queue_oldest_waiting_job_age_seconds",
            "as queue_oldest_waiting_job_age_seconds"),
    OLDEST_WAITING_EXACT(
            Kind.GAUGE,
            "queue_oldest_waiting_job_exact",
            "1 when that age is exact; 0 when there are more jobs than are looked at, so that it is at least that, or when the"
                    + " job came back while nobody watched, so that it is at most that.",
            "LLEN, LRANGE",
            "LLEN, LRANGE; tables: whether there are more jobs than cap"),
    NEXT_DELAYED(
            Kind.GAUGE,
            "queue_next_delayed_timestamp_seconds",
            "When the next delayed job is due.",
            "ZRANGE <queue>:delayed 0 0 WITHSCORES",
            "Bull: ZRANGE <queue>:delayed; schedulers; Sidekiq: schedule and retry; RQ: scheduled; tables: min(runAt)"),
    DELAYED_OVERDUE(
            Kind.GAUGE,
            "queue_delayed_overdue_seconds",
            "How long the first delayed job is overdue; more than some seconds means that no worker is there to promote it.",
            "ZRANGE <queue>:delayed 0 0 WITHSCORES; TIME",
            "as queue_next_delayed_timestamp_seconds; TIME"),
    DELAYED_OVERDUE_JOBS(
            Kind.GAUGE,
            "queue_delayed_overdue_jobs",
            "Delayed jobs that are due and that no worker has promoted.",
            "ZCOUNT <queue>:delayed -inf <now>",
            "ZCOUNT of the same; tables: count(*) with runAt before now()"),
    OLDEST_ACTIVE_AGE(
            Kind.GAUGE,
            "queue_oldest_active_job_age_seconds",
            "How long the longest-running job is being worked on, or is with a worker; absent when none is.",
            "LINDEX <queue>:active -1; HGET <queue>:<id> processedOn",
            "Bull: HGET <job> processedOn; RQ: started_at; streams: XPENDING; Celery: ZRANGE unacked_index;"
                    + " tables: min(startedAt)"),
    OLDEST_PENDING_AGE(
            Kind.GAUGE,
            "queue_oldest_pending_job_age_seconds",
            "How long ago the oldest job was added that is with a worker; absent when none is.",
            "",
            "streams: the smallest id of XPENDING"),
    OLDEST_PENDING_DELIVERIES(
            Kind.GAUGE,
            "queue_oldest_pending_job_deliveries",
            "How often that job was given to a worker.",
            "",
            "streams: XPENDING"),
    OLDEST_FAILED_AGE(
            Kind.GAUGE,
            "queue_oldest_failed_job_age_seconds",
            "How long ago the oldest kept failed job failed; absent when none is kept.",
            "ZRANGE <queue>:failed 0 0 WITHSCORES",
            "Bull: ZRANGE <queue>:failed; RQ: HGET <job> ended_at; Sidekiq: ZRANGE dead; tables: min(finishedAt)"),
    ACTIVE_WITHOUT_LOCK(
            Kind.GAUGE,
            "queue_active_without_lock",
            "Jobs, of the 100 that are worked on for the longest time, that no living worker holds.",
            "LRANGE <queue>:active -100 -1; EXISTS <queue>:<id>:lock",
            "Bull: EXISTS <queue>:<id>:lock; RQ: ZCOUNT wip, of all"),
    PAUSED(
            Kind.GAUGE,
            "queue_paused",
            "1 while the queue is paused as a whole.",
            "HGET <queue>:meta paused",
            "Bull: EXISTS <queue>:meta-paused; RQ: EXISTS suspended; Sidekiq: SISMEMBER paused"),
    RATE_LIMITED(
            Kind.GAUGE,
            "queue_rate_limited",
            "1 while jobs wait for the rate limit; absent while the limit is known to workers alone.",
            "PTTL and GET <queue>:limiter; HGET <queue>:meta max",
            "Bull: PTTL and GET <queue>:limiter"),
    RATE_LIMIT_TTL(
            Kind.GAUGE,
            "queue_rate_limit_window_seconds",
            "How long the present window of the rate limit lasts; 0 when there is none.",
            "PTTL <queue>:limiter",
            "Bull: PTTL <queue>:limiter"),
    CONCURRENCY_LIMIT(
            Kind.GAUGE,
            "queue_concurrency_limit",
            "How many jobs may be worked on at once, over all workers; absent when there is no such limit.",
            "HGET <queue>:meta concurrency",
            "Sidekiq: the threads of all processes"),
    WORKERS(
            Kind.GAUGE,
            "queue_workers",
            "Workers that are connected; a frozen one is, too, until its host is gone.",
            "CLIENT LIST, by name",
            "Bull: CLIENT LIST, by name; streams: XINFO CONSUMERS; RQ, Sidekiq: those that gave a sign of life lately;"
                    + " good_job, procrastinate, solid_queue: likewise"),
    HEARTBEAT_AGE(
            Kind.GAUGE,
            "queue_worker_heartbeat_age_seconds",
            "How long ago any worker gave a sign of life: checked for stalled jobs, took or ended a job.",
            "GET <queue>:stalled-check; ZRANGE <queue>:completed and <queue>:failed -1 -1; XREAD <queue>:events",
            "Bull: GET <queue>:stalled-check, ZRANGE <queue>:completed and <queue>:failed; streams: XINFO CONSUMERS"
                    + " idle; RQ: last_heartbeat; Sidekiq: beat; good_job, procrastinate, solid_queue: the tables of processes"),
    EVENTS_GAP(
            Kind.COUNTER,
            "events_gap_total",
            "Times that events were gone before they could be read; counters and histograms lack them.",
            "XREAD and XINFO STREAM <queue>:events",
            "");

    private final Kind kind;
    private final String stem;
    private final String help;
    private final String ofBullMq;
    private final String ofOthers;

    /** @param ofBullMq where it comes from with BullMQ, and with the others; empty when they do not tell it */
    Measure(Kind kind, String stem, String help, String ofBullMq, String ofOthers) {
        this.kind = kind;
        this.stem = stem;
        this.help = help;
        this.ofBullMq = ofBullMq;
        this.ofOthers = ofOthers;
    }

    /** Empty when queues of that component never tell it. */
    Optional<Family> family(String component, String... labels) {
        var source = component.equals(QueueFamilies.BULLMQ) ? ofBullMq : ofOthers;
        var name = QueueFamilies.name(component, stem);
        return source.isEmpty()
                ? Optional.empty()
                : Optional.of(new Family(name, kind, help, source, List.of(labels), false, List.of()));
    }
}
