// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.areas;
import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;
import static io.highwater.dashboards.Panel.timeline;

import java.util.List;

/** Queues of jobs, BullMQ's and others: what waits, for how long, and who works on it. */
final class QueuesDashboard {

    private static final String BACKLOG = "{component=~'bullmq|queues', $CLUSTER, name=~'(.*:)?($queue)'}";

    private QueuesDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                "highwater-queues",
                "Highwater / Queues",
                "Jobs of BullMQ and of other queues: what waits, for how long, and who works on it.",
                List.of(
                        Variable.clusters("bullmq|queues"),
                        new Variable(
                                "queue",
                                "Queue",
                                Query.of("{__name__=~'bullmq_job_count|queue_jobs', $CLUSTER}", "")
                                        .expr())),
                Annotation.ALL,
                List.of(problems(limits), state(limits), jobs(), workers(limits), trust()));
    }

    /** The same number of BullMQ's queues and of others. */
    private static String both(String measure) {
        return "(bullmq_" + measure + "{$QUEUE} or " + measure + "{$QUEUE})";
    }

    private static Row problems(Limits limits) {
        return Row.open(
                "Problems now",
                stat("Oldest job that waits", "How long it could have been started.")
                        .ask("max(min by (cluster, queue) " + both("queue_oldest_waiting_job_age_seconds") + ")", "age")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("QueueJobsWaitTooLong"))
                        .emptyWhen("no queue tells")
                        .size(3, 4),
                stat("Queues without workers", "Nobody is connected who would work on them.")
                        .ask("sum(max by (cluster, queue) " + both("queue_workers") + " == bool 0)", "queues")
                        .coloured(Thresholds.ANY_IS_BAD)
                        .emptyWhen("no queue tells who works")
                        .size(3, 4),
                stat("Most overdue", "How long the first delayed job is overdue that nobody has promoted.")
                        .ask("max(min by (cluster, queue) " + both("queue_delayed_overdue_seconds") + ")", "overdue")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("QueueDelayedJobsOverdue"))
                        .emptyWhen("nothing is delayed")
                        .size(3, 4),
                stat("Paused", "Queues that are paused as a whole.")
                        .ask("sum(max by (cluster, queue) " + both("queue_paused") + ")", "queues")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen("no queue can be paused")
                        .size(3, 4),
                stat("Jobs that nobody holds", "Worked on, as the queue has it, by no living worker.")
                        .ask("sum(max by (cluster, queue) " + both("queue_active_without_lock") + ")", "jobs")
                        .coloured(limits.above("QueueJobsStalled"))
                        .emptyWhen("no queue has locks")
                        .size(3, 4),
                stat("Failed", "Of the jobs that ended in the time of one point.")
                        .ask(
                                "sum(max by (cluster, queue) (rate(bullmq_job_failed_total{$QUEUE}[$__rate_interval]))) "
                                        + "/ (sum(max by (cluster, queue) (rate(bullmq_job_failed_total{$QUEUE}[$__rate_interval]))) "
                                        + "+ sum(max by (cluster, queue) "
                                        + "(rate(bullmq_job_completed_total{$QUEUE}[$__rate_interval]))) > 0)",
                                "failed")
                        .in(Unit.RATIO)
                        .coloured(limits.above("QueueFailureRatio"))
                        .emptyWhen("no job ended")
                        .size(3, 4),
                stat("Jobs in all", "That are not done with, in all chosen queues.")
                        .ask("sum(max by (cluster, component, name) (ha_backlog_items" + BACKLOG + "))", "jobs")
                        .emptyWhen("no queue has jobs yet")
                        .size(3, 4),
                stat("Queues not watched", "Queues that are there and beyond what the configuration allows.")
                        .ask(
                                "sum(max by (cluster) (bullmq_queues_left_out{$CLUSTER} or queue_left_out{$CLUSTER}))",
                                "queues")
                        .coloured(limits.above("HighwaterLeavesOut"))
                        .size(3, 4));
    }

    private static Row state(Limits limits) {
        return Row.open(
                "How far behind is the work?",
                lines(
                                "Oldest job that waits",
                                "How long the job that waits longest in each queue could have been started.")
                        .ask(
                                "min by (cluster, queue) " + both("queue_oldest_waiting_job_age_seconds"),
                                "{{cluster}} {{queue}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("QueueJobsWaitTooLong"))
                        .emptyWhen("no queue tells"),
                areas("Jobs", "That are not done with, in each queue.")
                        .ask(
                                "max by (cluster, component, name) (ha_backlog_items" + BACKLOG + ")",
                                "{{cluster}} {{name}}")
                        .emptyWhen("no queues"),
                lines("Done in", "How long until a queue is empty if all goes on as now; nothing while it grows.")
                        .ask(
                                "min by (cluster, component, name) (ha_backlog_drain_seconds" + BACKLOG + ") < +Inf",
                                "{{cluster}} {{name}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("none has become smaller"),
                lines("Comes and is done with", "Jobs per second of each queue.")
                        .ask(
                                "max by (cluster, component, name) (ha_backlog_arrival_rate" + BACKLOG + ")",
                                "{{cluster}} {{name}} comes")
                        .ask(
                                "max by (cluster, component, name) (ha_backlog_completion_rate" + BACKLOG + ")",
                                "{{cluster}} {{name}} is done")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("no queue counts"),
                lines("Workers", "That are connected; a frozen one is, too, until its host is gone.")
                        .ask("max by (cluster, queue) " + both("queue_workers"), "{{cluster}} {{queue}}")
                        .emptyWhen("no queue tells who works"),
                lines("Failures", "Jobs per second that failed for good, and attempts where only those are counted.")
                        .ask(
                                "max by (cluster, queue) (rate(bullmq_job_failed_total{$QUEUE}[$__rate_interval]))",
                                "{{cluster}} {{queue}}")
                        .ask(
                                "max by (cluster, queue) (rate(queue_job_attempts_failed_total{$QUEUE}[$__rate_interval]))",
                                "{{cluster}} {{queue}} attempts")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("no queue counts failures"));
    }

    private static Row jobs() {
        return Row.folded(
                "Jobs",
                areas("Jobs by state", "Over the chosen queues.")
                        .ask(
                                "sum by (cluster, state) (max by (cluster, queue, state) "
                                        + "(bullmq_job_count{$QUEUE} or queue_jobs{$QUEUE}))",
                                "{{cluster}} {{state}}")
                        .emptyWhen("no queues"),
                lines("Waited until it was started", "For 95 of 100 jobs of each queue.")
                        .ask(
                                "histogram_quantile(0.95, max by (cluster, queue, le) "
                                        + "(rate(bullmq_job_wait_seconds_bucket{$QUEUE}[$__rate_interval])))",
                                "{{cluster}} {{queue}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no BullMQ queue, or no job was started"),
                lines("Time of an attempt", "For 95 of 100 attempts, however they ended.")
                        .ask(
                                "histogram_quantile(0.95, max by (cluster, queue, le) "
                                        + "(rate(bullmq_job_duration_seconds_bucket{$QUEUE}[$__rate_interval])))",
                                "{{cluster}} {{queue}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no BullMQ queue, or no attempt ended"),
                lines(
                                "Overdue",
                                "How long the first delayed job is overdue; more than seconds says that nobody promotes.")
                        .ask(
                                "min by (cluster, queue) " + both("queue_delayed_overdue_seconds"),
                                "{{cluster}} {{queue}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("nothing is delayed"),
                lines("Longest-running job", "How long it is being worked on.")
                        .ask(
                                "min by (cluster, queue) " + both("queue_oldest_active_job_age_seconds"),
                                "{{cluster}} {{queue}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("nothing is being worked on"),
                lines("Oldest failed job", "How long ago the oldest one that is kept failed.")
                        .ask(
                                "min by (cluster, queue) " + both("queue_oldest_failed_job_age_seconds"),
                                "{{cluster}} {{queue}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no failed job is kept"));
    }

    private static Row workers(Limits limits) {
        return Row.folded(
                "Workers and limits",
                lines("Sign of life", "How long ago any worker of the queue gave one.")
                        .ask(
                                "min by (cluster, queue) " + both("queue_worker_heartbeat_age_seconds"),
                                "{{cluster}} {{queue}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no worker gave one yet"),
                lines("Taken from workers", "Jobs per second whose worker had not renewed its lock.")
                        .ask(
                                "max by (cluster, queue) (rate(bullmq_job_stalled_total{$QUEUE}[$__rate_interval]))",
                                "{{cluster}} {{queue}}")
                        .in(Unit.PER_SECOND)
                        .emptyWhen("no BullMQ queue"),
                lines("Jobs that nobody holds", "Worked on, as the queue has it, by no living worker.")
                        .ask("max by (cluster, queue) " + both("queue_active_without_lock"), "{{cluster}} {{queue}}")
                        .coloured(limits.above("QueueJobsStalled"))
                        .emptyWhen("no queue has locks"),
                lines("May run at once", "Jobs over all workers, where there is such a limit.")
                        .ask("max by (cluster, queue) " + both("queue_concurrency_limit"), "{{cluster}} {{queue}}")
                        .emptyWhen("no queue has a limit"),
                lines("Waits for the rate limit", "How long the present window lasts.")
                        .ask(
                                "max by (cluster, queue) " + both("queue_rate_limit_window_seconds"),
                                "{{cluster}} {{queue}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no queue has a rate limit"),
                table(
                                "Risky settings",
                                "Settings of what the queues lie in that cost data or availability in a failure.",
                                Column.label("cluster"),
                                Column.label("component"),
                                Column.label("check"),
                                Column.label("name"))
                        .ask(
                                "max by (cluster, component, check, name) "
                                        + "(ha_config_finding{component=~'bullmq|queues|redis', $CLUSTER}) == 1",
                                "")
                        .emptyWhen("no setting is risky")
                        .size(8, 8));
    }

    private static Row trust() {
        return Row.folded(
                "How well is it known?",
                timeline(
                                "Ages that are exact",
                                "0 where there are more jobs than are looked at, or nobody watched when one came back.")
                        .ask(
                                "min by (cluster, queue) " + both("queue_oldest_waiting_job_exact"),
                                "{{cluster}} {{queue}}")
                        .meaning(State.YES, new State(0, "at least, or at most", Colour.ORANGE))
                        .size(8, 8)
                        .emptyWhen("no queue tells"),
                lines(
                                "Events missed",
                                "Times that events were gone before they could be read, in the time of one point.")
                        .ask(
                                "min by (cluster, queue) (increase(bullmq_events_gap_total{$QUEUE}[$__rate_interval]))",
                                "{{cluster}} {{queue}}")
                        .emptyWhen("no BullMQ queue"),
                table(
                                "Versions",
                                "What last wrote to each queue.",
                                Column.label("cluster"),
                                Column.label("queue"),
                                Column.label("version"))
                        .ask("max by (cluster, queue, version) (bullmq_queue_info{$QUEUE})", "")
                        .emptyWhen("no BullMQ queue")
                        .size(8, 8));
    }
}
