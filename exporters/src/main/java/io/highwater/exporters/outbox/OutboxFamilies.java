// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.core.Family.counter;
import static io.highwater.core.Family.gauge;

import io.highwater.core.Backlogs;
import io.highwater.core.Family;
import io.highwater.core.Ha;
import java.util.List;
import java.util.stream.Stream;

/** What is known of outboxes and of claims. */
final class OutboxFamilies {

    private static final String OUTBOX = "outbox";
    private static final String KEY = "key";
    private static final String CLAIM = "claim";
    private static final String STATE = "state";

    static final Family UP = gauge("outbox_up", "Whether the server answers.").from("outcome of the state collector");

    static final TableFamilies OF_OUTBOX = TableFamilies.of(OUTBOX);
    static final TableFamilies OF_CLAIM = TableFamilies.of(CLAIM);

    static final Family PENDING = gauge(
                    "outbox_pending_events", "Rows that could be processed now, to the cap at most.")
            .from("count(*) of the configured table")
            .by(OUTBOX);
    static final Family CAPPED = gauge(
                    "outbox_pending_events_capped", "1 when more rows are pending than were counted.")
            .from("count(*) of the configured table")
            .by(OUTBOX);
    static final Family SCHEDULED = gauge(
                    "outbox_scheduled_events", "Rows that may not be processed yet, to the cap at most.")
            .from("count(*) of the configured table, with notBefore")
            .by(OUTBOX);
    static final Family OLDEST_AGE = gauge(
                    "outbox_oldest_pending_age_seconds",
                    "How long ago the oldest pending row could first have been processed; absent when nothing is pending.")
            .from("now() - min(createdAt), or the later of that and notBefore")
            .by(OUTBOX);
    static final Family OLDEST = gauge(
                    "outbox_oldest_pending_timestamp_seconds",
                    "When the oldest pending row could first have been processed; absent when nothing is pending.")
            .from("min(createdAt), or the later of that and notBefore")
            .by(OUTBOX);
    static final Family DEAD = gauge("outbox_dead_events", "Rows that nobody will try again, to the cap at most.")
            .from("count(*) by the condition dead, or of deadLetterTable")
            .by(OUTBOX);
    static final Family RETRIES = gauge(
                    "outbox_retry_events",
                    "Pending rows that were tried before; of the oldest when there are more than the cap.")
            .from("count(*) with attempts above 0")
            .by(OUTBOX);
    static final Family ENQUEUED = counter(
                    "outbox_events_enqueued_total",
                    "Rows that were written, those of rolled-back transactions among them.")
            .from("the sequence that numbers the rows; without one pg_stat_user_tables.n_tup_ins, until its next reset")
            .by(OUTBOX);
    static final Family PROCESSED = counter(
                    "outbox_events_processed_total",
                    "Rows that were written and are neither pending, nor scheduled, nor dead; absent when not all were counted.")
            .from(
                    "what ended transactions enqueued less what remains; without a sequence n_tup_del where rows are deleted, else absent")
            .by(OUTBOX);
    static final Family WORKERS = gauge(
                    "outbox_workers", "Sessions that hold locks on rows of the table at this moment.")
            .from("pg_locks, RowShareLock as of SELECT FOR UPDATE")
            .by(OUTBOX);
    static final Family KEYS = gauge(
                    "outbox_partition_keys",
                    "Partition keys that have pending rows; of the oldest when there are more than the cap.")
            .from("count(DISTINCT partitionKey)")
            .by(OUTBOX);
    static final Family KEY_PENDING = gauge(
                    "outbox_partition_pending_events", "Pending rows of one of the partition keys that have most.")
            .from("count(*) by partitionKey, of the oldest rows when there are more than the cap")
            .by(OUTBOX, KEY);
    static final Family KEY_OLDEST_AGE = gauge(
                    "outbox_partition_oldest_pending_age_seconds",
                    "How long ago the oldest pending row of that key could first have been processed.")
            .from("now() - min(createdAt), or the later of that and notBefore, by partitionKey")
            .by(OUTBOX, KEY);

    static final Family CLAIM_ROWS = gauge("claim_rows", "Rows in the state, to the cap at most.")
            .from("count(*) by state")
            .by(CLAIM, STATE);
    static final Family CLAIM_CAPPED = gauge(
                    "claim_rows_capped", "1 when more rows are in the state than were counted.")
            .from("count(*) by state")
            .by(CLAIM, STATE);
    static final Family CLAIM_OLDEST_AGE = gauge(
                    "claim_oldest_age_seconds",
                    "How long the row that came first to the state has been there; absent when there is none.")
            .from("now() - min(since)")
            .by(CLAIM, STATE);
    static final Family CLAIM_OLDEST = gauge(
                    "claim_oldest_timestamp_seconds",
                    "When the row that came first to the state did so; absent when there is none.")
            .from("min(since)")
            .by(CLAIM, STATE);
    static final Family CLAIM_STUCK = gauge(
                    "claim_stuck_rows", "Rows in the state for longer than its limit, to the cap at most.")
            .from("count(*) with since before now() - limit")
            .by(CLAIM, STATE);
    static final Family CLAIM_LIMIT = gauge("claim_limit_seconds", "How long a row may be in the state.")
            .from("configuration")
            .by(CLAIM, STATE);

    static final List<Family> ALL = Stream.of(
                    List.of(
                            PENDING,
                            CAPPED,
                            SCHEDULED,
                            OLDEST_AGE,
                            OLDEST,
                            DEAD,
                            RETRIES,
                            ENQUEUED,
                            PROCESSED,
                            WORKERS,
                            KEYS,
                            KEY_PENDING,
                            KEY_OLDEST_AGE),
                    OF_OUTBOX.all(),
                    List.of(CLAIM_ROWS, CLAIM_CAPPED, CLAIM_OLDEST_AGE, CLAIM_OLDEST, CLAIM_STUCK, CLAIM_LIMIT),
                    OF_CLAIM.all(),
                    List.of(Ha.CONFIG_FINDING),
                    Backlogs.FAMILIES)
            .flatMap(List::stream)
            .toList();

    private OutboxFamilies() {}
}
