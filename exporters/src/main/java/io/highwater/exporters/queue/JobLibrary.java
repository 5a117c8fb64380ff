// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static io.highwater.exporters.queue.JobSlice.Kind.ACTIVE;
import static io.highwater.exporters.queue.JobSlice.Kind.DELAYED;
import static io.highwater.exporters.queue.JobSlice.Kind.FAILED;
import static io.highwater.exporters.queue.JobSlice.Kind.OTHER;
import static io.highwater.exporters.queue.JobSlice.Kind.PROMOTED;
import static io.highwater.exporters.queue.JobSlice.Kind.WAITING;
import static io.highwater.exporters.queue.JobSlice.workers;

import io.highwater.exporters.queue.JobSlice.Kind;
import java.util.List;

/** A library of job queues whose tables in Postgres are known: what its columns mean, as its own source has it. */
@SuppressWarnings("ImmutableEnumChecker") // The lists are copies.
public enum JobLibrary {
    OBAN(
            "oban",
            "public",
            List.of("(state, queue, inserted_at, scheduled_at, attempted_at, discarded_at) ON {schema}.oban_jobs"),
            oban(WAITING, "waiting", "greatest(inserted_at, scheduled_at)", "available"),
            oban(PROMOTED, "delayed", "scheduled_at", "scheduled"),
            oban(PROMOTED, "retry", "scheduled_at", "retryable"),
            oban(ACTIVE, "active", "attempted_at", "executing"),
            oban(FAILED, "failed", "discarded_at", "discarded")),

    RIVER(
            "river",
            "public",
            List.of("(state, queue, created_at, scheduled_at, attempted_at, finalized_at) ON {schema}.river_job"),
            river(WAITING, "waiting", "greatest(created_at, scheduled_at)", "available"),
            river(PROMOTED, "delayed", "scheduled_at", "scheduled"),
            river(PROMOTED, "retry", "scheduled_at", "retryable"),
            river(OTHER, "pending", "created_at", "pending"),
            river(ACTIVE, "active", "attempted_at", "running"),
            river(FAILED, "failed", "finalized_at", "discarded")),

    PG_BOSS(
            "pg-boss",
            "pgboss",
            List.of("(name, state, created_on, start_after, started_on, completed_on) ON {schema}.job"),
            pgBoss(WAITING, "waiting", "greatest(created_on, start_after)", "state < 'active' AND start_after <= now()")
                    .unless("blocked"),
            pgBoss(DELAYED, "delayed", "start_after", "state < 'active' AND start_after > now()")
                    .unless("blocked"),
            pgBoss(ACTIVE, "active", "started_on", "state = 'active'"),
            pgBoss(FAILED, "failed", "completed_on", "state = 'failed'")),

    GOOD_JOB(
            "good_job",
            "public",
            List.of(
                    "(queue_name, created_at, scheduled_at, performed_at, finished_at, error) ON {schema}.good_jobs",
                    "(updated_at) ON {schema}.good_job_processes"),
            goodJob(
                    WAITING,
                    "waiting",
                    "greatest(created_at, scheduled_at)",
                    "finished_at IS NULL AND performed_at IS NULL AND (scheduled_at IS NULL OR scheduled_at <= now())"),
            goodJob(
                    DELAYED,
                    "delayed",
                    "scheduled_at",
                    "finished_at IS NULL AND performed_at IS NULL AND scheduled_at > now()"),
            goodJob(ACTIVE, "active", "performed_at", "finished_at IS NULL AND performed_at IS NOT NULL"),
            goodJob(FAILED, "failed", "finished_at", "finished_at IS NOT NULL AND error IS NOT NULL"),
            workers("good_job_processes", "updated_at", "updated_at > now() - interval '5 minutes'")),

    DELAYED_JOB(
            "delayed_job",
            "public",
            List.of("(queue, created_at, run_at, locked_at, failed_at) ON {schema}.delayed_jobs"),
            delayedJob(
                    WAITING,
                    "waiting",
                    "greatest(created_at, run_at)",
                    "run_at <= now() AND locked_at IS NULL AND failed_at IS NULL"),
            delayedJob(DELAYED, "delayed", "run_at", "run_at > now() AND locked_at IS NULL AND failed_at IS NULL"),
            delayedJob(ACTIVE, "active", "locked_at", "locked_at IS NOT NULL AND failed_at IS NULL"),
            delayedJob(FAILED, "failed", "failed_at", "failed_at IS NOT NULL")),

    /** Its public view has no column by which an index finds what waits. */
    GRAPHILE_WORKER(
            "graphile_worker",
            "graphile_worker",
            List.of(
                    "(task_id, created_at, updated_at, run_at, locked_at, attempts, max_attempts, is_available)"
                            + " ON {schema}._private_jobs",
                    "(id, identifier) ON {schema}._private_tasks"),
            graphile(WAITING, "waiting", "greatest(created_at, run_at)", "is_available AND run_at <= now()"),
            graphile(DELAYED, "delayed", "run_at", "is_available AND run_at > now()"),
            graphile(ACTIVE, "active", "locked_at", "locked_at IS NOT NULL"),
            graphile(FAILED, "failed", "updated_at", "locked_at IS NULL AND attempts >= max_attempts")),

    PROCRASTINATE(
            "procrastinate",
            "public",
            List.of(
                    "(id, queue_name, status, scheduled_at) ON {schema}.procrastinate_jobs",
                    "(job_id, type, at) ON {schema}.procrastinate_events",
                    "(last_heartbeat) ON {schema}.procrastinate_workers"),
            procrastinate(
                    WAITING,
                    "waiting",
                    "greatest(scheduled_at, " + event("'deferred', 'deferred_for_retry', 'retried'") + ")",
                    "status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())"),
            procrastinate(DELAYED, "delayed", "scheduled_at", "status = 'todo' AND scheduled_at > now()"),
            procrastinate(ACTIVE, "active", event("'started'"), "status = 'doing'"),
            procrastinate(FAILED, "failed", event("'failed'"), "status = 'failed'"),
            workers("procrastinate_workers", "last_heartbeat", "last_heartbeat > now() - interval '30 seconds'")),

    SOLID_QUEUE(
            "solid_queue",
            "public",
            List.of(
                    "(queue_name, created_at) ON {schema}.solid_queue_ready_executions",
                    "(queue_name, scheduled_at) ON {schema}.solid_queue_scheduled_executions",
                    "(queue_name, created_at) ON {schema}.solid_queue_blocked_executions",
                    "(job_id, created_at) ON {schema}.solid_queue_claimed_executions",
                    "(job_id, created_at) ON {schema}.solid_queue_failed_executions",
                    "(id, queue_name) ON {schema}.solid_queue_jobs",
                    "(kind, last_heartbeat_at) ON {schema}.solid_queue_processes"),
            JobSlice.of(WAITING, "waiting", "solid_queue_ready_executions", "queue_name", "created_at", "true"),
            JobSlice.of(PROMOTED, "delayed", "solid_queue_scheduled_executions", "queue_name", "scheduled_at", "true"),
            JobSlice.of(OTHER, "blocked", "solid_queue_blocked_executions", "queue_name", "created_at", "true"),
            solidQueue(ACTIVE, "active", "solid_queue_claimed_executions"),
            solidQueue(FAILED, "failed", "solid_queue_failed_executions"),
            workers(
                    "solid_queue_processes",
                    "last_heartbeat_at",
                    "kind = 'Worker' AND last_heartbeat_at > now() - interval '5 minutes'"));

    private final String word;
    private final String schema;
    private final List<String> rights;
    private final List<JobSlice> slices;

    JobLibrary(String word, String schema, List<String> rights, JobSlice... slices) {
        this.word = word;
        this.schema = schema;
        this.rights = List.copyOf(rights);
        this.slices = List.of(slices);
    }

    /** The schema that it has its tables in unless it is told otherwise. */
    String schema() {
        return schema;
    }

    /** The columns that are read, as GRANT SELECT has them. */
    List<String> rights() {
        return rights;
    }

    List<JobSlice> slices() {
        return slices;
    }

    @Override
    public String toString() {
        return word;
    }

    private static JobSlice oban(Kind kind, String state, String since, String word) {
        return JobSlice.of(kind, state, "oban_jobs", "queue", since, "state = '" + word + "'");
    }

    private static JobSlice river(Kind kind, String state, String since, String word) {
        return JobSlice.of(kind, state, "river_job", "queue", since, "state = '" + word + "'");
    }

    private static JobSlice pgBoss(Kind kind, String state, String since, String where) {
        return JobSlice.of(kind, state, "job", "name", since, where);
    }

    private static JobSlice goodJob(Kind kind, String state, String since, String where) {
        return JobSlice.of(kind, state, "good_jobs", "queue_name", since, where);
    }

    private static JobSlice delayedJob(Kind kind, String state, String since, String where) {
        return JobSlice.of(kind, state, "delayed_jobs", "queue", since, where);
    }

    private static JobSlice graphile(Kind kind, String state, String since, String where) {
        var task = "(SELECT t.identifier FROM {schema}._private_tasks t WHERE t.id = j.task_id)";
        return JobSlice.of(kind, state, "_private_jobs", task, since, where);
    }

    private static JobSlice procrastinate(Kind kind, String state, String since, String where) {
        return JobSlice.of(kind, state, "procrastinate_jobs", "queue_name", since, where);
    }

    private static String event(String types) {
        return "(SELECT max(e.at) FROM {schema}.procrastinate_events e WHERE e.job_id = j.id AND e.type IN (" + types
                + "))";
    }

    private static JobSlice solidQueue(Kind kind, String state, String table) {
        var queue = "(SELECT q.queue_name FROM {schema}.solid_queue_jobs q WHERE q.id = j.job_id)";
        return JobSlice.of(kind, state, table, queue, "created_at", "true");
    }
}
