// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static io.highwater.dashboards.Panel.areas;
import static io.highwater.dashboards.Panel.lines;
import static io.highwater.dashboards.Panel.stat;
import static io.highwater.dashboards.Panel.table;

import java.util.List;

/** Transactional outboxes and claims: what waits in tables, for how long, and what nobody will try again. */
final class OutboxDashboard {

    private static final String BACKLOG = "{component='outbox', unit='outbox', $CLUSTER, name=~'$outbox'}";
    private static final String NO_OUTBOX = "no outbox is watched";
    private static final String NO_CLAIM = "no claims are watched";

    private OutboxDashboard() {}

    static Dashboard of(Limits limits) {
        return new Dashboard(
                "highwater-outbox",
                "Highwater / Outboxes and claims",
                "What waits in tables for somebody to process it, for how long, and what nobody will try again.",
                List.of(
                        Variable.clusters("outbox"),
                        new Variable(
                                "outbox",
                                "Outbox",
                                Query.of("outbox_read_success{$CLUSTER}", "").expr()),
                        new Variable(
                                "claim",
                                "Claim",
                                Query.of("claim_read_success{$CLUSTER}", "").expr())),
                Annotation.ALL,
                List.of(problems(limits), state(limits), claims(limits), partitions(), reading()));
    }

    private static Row problems(Limits limits) {
        return Row.open(
                "Problems now",
                stat("Oldest event", "How long it could have been processed.")
                        .ask("max(min by (cluster, outbox) (outbox_oldest_pending_age_seconds{$OUTBOX}))", "age")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("OutboxEventsWaitTooLong"))
                        .emptyWhen("nothing is pending"),
                stat("Events pending", "Rows that could be processed now, as far as they were counted.")
                        .ask("sum(max by (cluster, outbox) (outbox_pending_events{$OUTBOX}))", "events")
                        .emptyWhen(NO_OUTBOX),
                stat("Events dead", "Rows that nobody will try again.")
                        .ask("sum(max by (cluster, outbox) (outbox_dead_events{$OUTBOX}))", "events")
                        .coloured(limits.above("OutboxEventsDead"))
                        .emptyWhen("no outbox says which are dead"),
                stat("Claims stuck", "Rows in a state for longer than its limit.")
                        .ask("sum(max by (cluster, claim, state) (claim_stuck_rows{$CLAIM}))", "rows")
                        .coloured(limits.above("ClaimsStuck"))
                        .emptyWhen(NO_CLAIM),
                stat("Tables that cannot be read", "The agent's landing page says why not.")
                        .ask(
                                "sum(1 - max by (cluster, outbox, claim) "
                                        + "(outbox_read_success{$OUTBOX} or claim_read_success{$CLAIM}))",
                                "tables")
                        .coloured(Thresholds.ANY_IS_ODD)
                        .emptyWhen("no primary answers"),
                stat("Workers", "Sessions that hold locks on rows of an outbox at this moment.")
                        .ask("sum(max by (cluster, outbox) (outbox_workers{$OUTBOX}))", "workers")
                        .emptyWhen(NO_OUTBOX));
    }

    private static Row state(Limits limits) {
        return Row.open(
                "How far behind is the work?",
                lines("Oldest event", "How long the oldest pending row of each outbox could have been processed.")
                        .ask(
                                "min by (cluster, outbox) (outbox_oldest_pending_age_seconds{$OUTBOX})",
                                "{{cluster}} {{outbox}}")
                        .in(Unit.SECONDS)
                        .coloured(limits.above("OutboxEventsWaitTooLong"))
                        .emptyWhen("nothing is pending"),
                lines("Events pending", "Rows that could be processed now, to the cap at most.")
                        .ask("max by (cluster, outbox) (outbox_pending_events{$OUTBOX})", "{{cluster}} {{outbox}}")
                        .emptyWhen(NO_OUTBOX),
                lines("Comes and is done with", "Events per second.")
                        .ask(
                                "max by (cluster, name) (ha_backlog_arrival_rate" + BACKLOG + ")",
                                "{{cluster}} {{name}} comes")
                        .ask(
                                "max by (cluster, name) (ha_backlog_completion_rate" + BACKLOG + ")",
                                "{{cluster}} {{name}} is done")
                        .in(Unit.PER_SECOND)
                        .emptyWhen(NO_OUTBOX),
                lines("Done in", "How long until an outbox is empty if all goes on as now; nothing while it grows.")
                        .ask(
                                "min by (cluster, name) (ha_backlog_drain_seconds" + BACKLOG + ") < +Inf",
                                "{{cluster}} {{name}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("none has become smaller"),
                lines("Dead events", "Rows that nobody will try again.")
                        .ask("max by (cluster, outbox) (outbox_dead_events{$OUTBOX})", "{{cluster}} {{outbox}}")
                        .coloured(limits.above("OutboxEventsDead"))
                        .emptyWhen("no outbox says which are dead"),
                lines("Oldest claim", "How long the row that came first to each state has been there.")
                        .ask(
                                "min by (cluster, claim, state) (claim_oldest_age_seconds{$CLAIM})",
                                "{{cluster}} {{claim}} {{state}}")
                        .ask(
                                "max by (cluster, claim, state) (claim_limit_seconds{$CLAIM})",
                                "{{cluster}} {{claim}} {{state}} may")
                        .in(Unit.SECONDS)
                        .emptyWhen(NO_CLAIM));
    }

    private static Row claims(Limits limits) {
        return Row.folded(
                "Claims",
                areas("Rows by state", "To the cap at most.")
                        .ask("max by (cluster, claim, state) (claim_rows{$CLAIM})", "{{cluster}} {{claim}} {{state}}")
                        .emptyWhen(NO_CLAIM),
                lines("Stuck", "Rows in a state for longer than its limit.")
                        .ask(
                                "max by (cluster, claim, state) (claim_stuck_rows{$CLAIM})",
                                "{{cluster}} {{claim}} {{state}}")
                        .coloured(limits.above("ClaimsStuck"))
                        .emptyWhen(NO_CLAIM));
    }

    private static Row partitions() {
        var none = "no outbox has partition keys";
        return Row.folded(
                "Retries and partitions",
                lines("Tried before", "Pending rows that failed once at least.")
                        .ask("max by (cluster, outbox) (outbox_retry_events{$OUTBOX})", "{{cluster}} {{outbox}}")
                        .emptyWhen("no outbox counts attempts"),
                lines("Scheduled", "Rows that may not be processed yet.")
                        .ask("max by (cluster, outbox) (outbox_scheduled_events{$OUTBOX})", "{{cluster}} {{outbox}}")
                        .emptyWhen("no outbox schedules"),
                lines("Oldest of each key", "Of the partition keys that have most pending rows.")
                        .ask(
                                "min by (cluster, outbox, key) (outbox_partition_oldest_pending_age_seconds{$OUTBOX})",
                                "{{cluster}} {{outbox}} {{key}}")
                        .in(Unit.SECONDS)
                        .emptyWhen(none));
    }

    private static Row reading() {
        return Row.folded(
                "How well is it known?",
                lines("Read when", "How long ago each table was read; one without an index is read seldom.")
                        .ask(
                                "time() - max by (cluster, outbox, claim) "
                                        + "(outbox_read_timestamp_seconds{$OUTBOX} or claim_read_timestamp_seconds{$CLAIM})",
                                "{{cluster}} {{outbox}}{{claim}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no primary answers"),
                lines("Reading took", "Of the statement that reads each table.")
                        .ask(
                                "max by (cluster, outbox, claim) "
                                        + "(outbox_read_duration_seconds{$OUTBOX} or claim_read_duration_seconds{$CLAIM})",
                                "{{cluster}} {{outbox}}{{claim}}")
                        .in(Unit.SECONDS)
                        .emptyWhen("no primary answers"),
                table(
                                "Indexes",
                                "Whether each table can be read without going through all of it.",
                                Column.label("cluster"),
                                Column.label("outbox"),
                                Column.label("claim"),
                                Column.value("A", "uses an index", Unit.PLAIN, Thresholds.NONE, State.YES, State.NO))
                        .ask(
                                "min by (cluster, outbox, claim) "
                                        + "(outbox_query_uses_index{$OUTBOX} or claim_query_uses_index{$CLAIM})",
                                "")
                        .emptyWhen("not looked at yet")
                        .size(8, 8));
    }
}
