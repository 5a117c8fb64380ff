// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.Family;
import io.highwater.core.Family.Kind;
import java.util.List;

/** What may be known of a queue, one number each. A layout gives those that it knows; the others are absent. */
enum Measure {
    ADDED(
            Kind.COUNTER,
            "job_added_total",
            "Jobs that were ever added, counted by the queue itself; adding one that is there already counts, too.",
            "GET <queue>:id; RQ, Celery and lists have none"),
    COMPLETED(
            Kind.COUNTER,
            "job_completed_total",
            "Jobs that ended well, since the agent watches the queue.",
            "XREAD <queue>:events; without it HGET <queue>:metrics:completed; Sidekiq stat:processed"),
    FAILED(
            Kind.COUNTER,
            "job_failed_total",
            "Jobs that failed for good, since the agent watches the queue.",
            "XREAD <queue>:events; without it HGET <queue>:metrics:failed; Sidekiq stat:failed"),
    RETRIES_EXHAUSTED(
            Kind.COUNTER,
            "job_retries_exhausted_total",
            "Jobs that failed for good after all their attempts.",
            "XREAD <queue>:events"),
    ATTEMPTS_FAILED(
            Kind.COUNTER,
            "job_attempts_failed_total",
            "Attempts that failed, those among them after which the job was tried again.",
            "Sidekiq: GET stat:failed"),
    STALLED(
            Kind.COUNTER,
            "job_stalled_total",
            "Times that a job was taken from a worker that had not renewed its lock.",
            "XREAD <queue>:events"),
    OLDEST_WAITING_AGE(
            Kind.GAUGE,
            "queue_oldest_waiting_job_age_seconds",
            "How long the longest-waiting job could have been started: since it was added, became due, or came back from a"
                    + " retry or a stalled worker; 0 when none waits.",
            "XREAD <queue>:events; HMGET <queue>:<id> timestamp opts processedOn; TIME"),
    OLDEST_WAITING_TIMESTAMP(
            Kind.GAUGE,
            "queue_oldest_waiting_job_timestamp_seconds",
            "Since when the longest-waiting job could have been started; absent when none waits.",
            "as queue_oldest_waiting_job_age_seconds"),
    OLDEST_WAITING_EXACT(
            Kind.GAUGE,
            "queue_oldest_waiting_job_exact",
            "1 when that age is exact; 0 when there are more jobs than are looked at, so that it is at least that, or when the"
                    + " job came back while nobody watched, so that it is at most that.",
            "LLEN, LRANGE"),
    NEXT_DELAYED(
            Kind.GAUGE,
            "queue_next_delayed_timestamp_seconds",
            "When the next delayed job is due.",
            "ZRANGE <queue>:delayed 0 0 WITHSCORES"),
    DELAYED_OVERDUE(
            Kind.GAUGE,
            "queue_delayed_overdue_seconds",
            "How long the first delayed job is overdue; more than some seconds means that no worker is there to promote it.",
            "ZRANGE <queue>:delayed 0 0 WITHSCORES; TIME"),
    DELAYED_OVERDUE_JOBS(
            Kind.GAUGE,
            "queue_delayed_overdue_jobs",
            "Delayed jobs that are due and that no worker has promoted.",
            "ZCOUNT <queue>:delayed -inf <now>"),
    OLDEST_ACTIVE_AGE(
            Kind.GAUGE,
            "queue_oldest_active_job_age_seconds",
            "How long the longest-running job is being worked on, or is with a worker; absent when none is.",
            "LINDEX <queue>:active -1; HGET <queue>:<id> processedOn; RQ: started_at; streams: XPENDING; Celery:"
                    + " unacked_index"),
    OLDEST_PENDING_AGE(
            Kind.GAUGE,
            "queue_oldest_pending_job_age_seconds",
            "How long ago the oldest job was added that is with a worker; absent when none is.",
            "streams: the smallest id of XPENDING"),
    OLDEST_PENDING_DELIVERIES(
            Kind.GAUGE,
            "queue_oldest_pending_job_deliveries",
            "How often that job was given to a worker.",
            "streams: XPENDING"),
    OLDEST_FAILED_AGE(
            Kind.GAUGE,
            "queue_oldest_failed_job_age_seconds",
            "How long ago the oldest kept failed job failed; absent when none is kept.",
            "ZRANGE <queue>:failed 0 0 WITHSCORES"),
    ACTIVE_WITHOUT_LOCK(
            Kind.GAUGE,
            "queue_active_without_lock",
            "Jobs, of the 100 that are worked on for the longest time, that no living worker holds.",
            "LRANGE <queue>:active -100 -1; EXISTS <queue>:<id>:lock"),
    PAUSED(Kind.GAUGE, "queue_paused", "1 while the queue is paused as a whole.", "HGET <queue>:meta paused"),
    RATE_LIMITED(
            Kind.GAUGE,
            "queue_rate_limited",
            "1 while jobs wait for the rate limit; absent while the limit is known to workers alone.",
            "PTTL and GET <queue>:limiter; HGET <queue>:meta max"),
    RATE_LIMIT_TTL(
            Kind.GAUGE,
            "queue_rate_limit_window_seconds",
            "How long the present window of the rate limit lasts; 0 when there is none.",
            "PTTL <queue>:limiter"),
    CONCURRENCY_LIMIT(
            Kind.GAUGE,
            "queue_concurrency_limit",
            "How many jobs may be worked on at once, over all workers; absent when there is no such limit.",
            "HGET <queue>:meta concurrency"),
    WORKERS(
            Kind.GAUGE,
            "queue_workers",
            "Workers that are connected; a frozen one is, too, until its host is gone.",
            "CLIENT LIST, by name; RQ and Sidekiq: their heartbeats"),
    HEARTBEAT_AGE(
            Kind.GAUGE,
            "queue_worker_heartbeat_age_seconds",
            "How long ago any worker gave a sign of life: checked for stalled jobs, took or ended a job.",
            "GET <queue>:stalled-check; ZRANGE <queue>:completed and <queue>:failed -1 -1; XREAD <queue>:events"),
    EVENTS_GAP(
            Kind.COUNTER,
            "events_gap_total",
            "Times that events were gone before they could be read; counters and histograms lack them.",
            "XREAD and XINFO STREAM <queue>:events");

    private final Kind kind;
    private final String stem;
    private final String help;
    private final String source;

    Measure(Kind kind, String stem, String help, String source) {
        this.kind = kind;
        this.stem = stem;
        this.help = help;
        this.source = source;
    }

    Family family(String component, String... labels) {
        return new Family(QueueFamilies.name(component, stem), kind, help, source, List.of(labels), false, List.of());
    }
}
