// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.WatchedTables.await;
import static io.highwater.exporters.outbox.WatchedTables.outbox;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.Watched;
import io.highwater.exporters.Witness;
import io.highwater.lab.Outbox;
import io.highwater.lab.OutboxWorker;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.junit.PostgresServerExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of an outbox, against what its clients know. */
class OutboxTest {

    @RegisterExtension
    static final PostgresServerExtension lab = new PostgresServerExtension(PostgresServer.of(18));

    @BeforeAll
    static void createRole() {
        WatchedTables.createRole(lab.server());
    }

    private static Outbox create(String table) {
        var outbox = Outbox.create(lab.server(), table).withIndex();
        WatchedTables.grant(lab.server(), table);
        return outbox;
    }

    private static Watched watch(String table) {
        return WatchedTables.watch(lab.server(), Map.of("events", outbox(table)));
    }

    @Test
    void whatIsPendingIsCountedAndItsAgeIsTheServers() {
        try (var outbox = create("pending");
                var watched = watch("pending")) {
            await().until(() -> watched.is(0, "outbox_pending_events", "outbox", "events"));
            assertThat(watched.value("outbox_oldest_pending_age_seconds")).isEmpty();
            assertThat(watched.value("outbox_oldest_pending_timestamp_seconds")).isEmpty();
            assertThat(watched.value("outbox_partition_keys")).hasValue(0);

            var before = now();
            outbox.write("team-1", 7);
            outbox.write("team-2", 2);
            outbox.schedule("team-3", 4, 3600);

            await().until(() -> watched.is(9, "outbox_pending_events"));
            await().until(() -> watched.is(4, "outbox_scheduled_events"));
            assertThat(watched.value("outbox_pending_events_capped")).hasValue(0);
            assertThat(watched.value("outbox_oldest_pending_timestamp_seconds").orElseThrow())
                    .isBetween(before - 0.001, now());
            assertThat(watched.value("outbox_oldest_pending_age_seconds").orElseThrow())
                    .isBetween(0.0, now() - before);
            assertThat(watched.value("outbox_partition_keys")).hasValue(2);
            assertThat(watched.value("outbox_partition_pending_events", "key", "team-1"))
                    .hasValue(7);
            assertThat(watched.value("outbox_partition_pending_events", "key", "team-2"))
                    .hasValue(2);
            assertThat(watched.lines("outbox_partition_pending_events", "key", "team-3"))
                    .isEmpty();
            await().until(() -> watched.is(13, "outbox_events_enqueued_total"));
            assertThat(watched.value("outbox_events_processed_total")).hasValue(0);
            assertThat(watched.value("outbox_query_uses_index")).hasValue(1);
            assertThat(watched.value("outbox_read_success")).hasValue(1);
            assertThat(watched.lines("outbox_pending_events", "node", "")).hasSize(1);
        }
    }

    @Test
    void workersProcessEverythingOnceAndAllOfItIsCounted() {
        try (var outbox = create("worked");
                var watched = watch("worked")) {
            var workers = new ArrayList<OutboxWorker>();
            for (int i = 0; i < 5; i++) {
                workers.add(OutboxWorker.start(outbox));
            }
            outbox.produce(100);
            double processedBefore = -1;
            for (int look = 0; look < 5; look++) {
                double known = processedBefore;
                await().until(() ->
                        watched.value("outbox_events_processed_total").orElse(-1) > known);
                processedBefore = watched.value("outbox_events_processed_total").orElseThrow();
                // Each of the workers may be between its commit and its own count of five.
                assertThat(processedBefore).isLessThanOrEqualTo(outbox.processed() + 5.0 * 5);
            }
            outbox.stopProducing();
            await().until(() -> outbox.processed() == outbox.written());
            workers.forEach(OutboxWorker::close);
            await().until(() -> watched.is((double) outbox.written(), "outbox_events_enqueued_total"));
            await().until(() -> watched.is((double) outbox.processed(), "outbox_events_processed_total"));
            await().until(() -> watched.is(0, "outbox_workers"));
            assertThat(watched.value("outbox_pending_events")).hasValue(0);
            assertThat(outbox.failures()).isZero();
        }
    }

    @Test
    void workersThatHoldRowsAreCountedUntilTheyDie() throws Exception {
        try (var outbox = create("held");
                var watched = watch("held");
                var one = OutboxWorker.start(outbox);
                var other = OutboxWorker.start(outbox)) {
            one.pause();
            other.pause();
            outbox.write("team-1", 10);
            one.hold();
            await().until(() -> watched.is(1, "outbox_workers"));
            other.hold();
            await().until(() -> watched.is(2, "outbox_workers"));
            // What they hold is not done.
            assertThat(watched.value("outbox_pending_events")).hasValue(10);

            one.kill();
            await().until(() -> watched.is(1, "outbox_workers"));
            assertThat(watched.value("outbox_pending_events")).hasValue(10);
            other.resume();
            await().until(() -> watched.is(0, "outbox_pending_events"));
            await().until(() -> watched.is(10, "outbox_events_processed_total"));
            assertThat(outbox.processed()).isEqualTo(10);
        }
    }

    @Test
    void aPoisonedRowIsTriedAgainUntilItIsDead() {
        try (var outbox = create("poisoned");
                var watched = watch("poisoned")) {
            outbox.poison("team-1");
            outbox.write("team-1", 3);
            lab.server().execute("UPDATE poisoned SET attempts = 2 WHERE payload = 'poison'");
            await().until(() -> watched.is(1, "outbox_retry_events"));
            assertThat(watched.value("outbox_pending_events")).hasValue(4);
            assertThat(watched.value("outbox_dead_events")).hasValue(0);

            try (var _ = OutboxWorker.start(outbox)) {
                await().until(() -> watched.is(1, "outbox_dead_events"));
                await().until(() -> watched.is(0, "outbox_pending_events"));
            }
            // It is neither pending nor done, and there is nothing old to be worried about but the dead one.
            assertThat(watched.value("outbox_oldest_pending_age_seconds")).isEmpty();
            assertThat(watched.value("outbox_retry_events")).hasValue(0);
            await().until(() -> watched.is(3, "outbox_events_processed_total"));
        }
    }

    @Test
    void aScheduledRowBecomesPendingWhenItsTimeHasComeAndIsNotOlder() {
        try (var outbox = create("scheduled");
                var watched = watch("scheduled")) {
            outbox.schedule("team-1", 2, 3600);
            lab.server().execute("UPDATE scheduled SET created_at = now() - interval '1 hour'");
            await().until(() -> watched.is(2, "outbox_scheduled_events"));
            assertThat(watched.value("outbox_pending_events")).hasValue(0);
            assertThat(watched.value("outbox_oldest_pending_age_seconds")).isEmpty();

            lab.server().execute("UPDATE scheduled SET not_before = now() - interval '5 s'");
            await().until(() -> watched.is(2, "outbox_pending_events"));
            assertThat(watched.value("outbox_scheduled_events")).hasValue(0);
            assertThat(watched.value("outbox_oldest_pending_age_seconds").orElseThrow())
                    .isBetween(5.0, 30.0);
            assertThat(watched.value("outbox_events_processed_total")).hasValue(0);
        }
    }

    @Test
    void beyondTheCapWhatIsKnownIsSaidAndTheRestIsAbsent() {
        try (var outbox = create("crowded");
                var watched = WatchedTables.watch(lab.server(), Map.of("events", outbox("crowded", 50)))) {
            outbox.write("team-1", 50);
            await().until(() -> watched.is(50, "outbox_pending_events"));
            assertThat(watched.value("outbox_pending_events_capped")).hasValue(0);
            assertThat(watched.value("outbox_events_processed_total")).hasValue(0);
            var oldest = watched.value("outbox_oldest_pending_timestamp_seconds");

            outbox.write("team-2", 1000);
            await().until(() -> watched.is(1, "outbox_pending_events_capped"));
            assertThat(watched.value("outbox_pending_events")).hasValue(50);
            assertThat(watched.value("outbox_oldest_pending_timestamp_seconds")).isEqualTo(oldest);
            await().until(() -> watched.is(1050, "outbox_events_enqueued_total"));
            assertThat(watched.value("outbox_events_processed_total")).isEmpty();
        }
    }

    @Test
    void rowsOfRolledBackTransactionsAreEnqueuedAndGone() throws Exception {
        try (var outbox = create("rolled_back");
                var watched = watch("rolled_back")) {
            try (var connection = lab.server().connection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute(
                        "INSERT INTO rolled_back (team, payload) SELECT 'x', 'work' FROM generate_series(1, 5)");
                connection.rollback();
            }
            outbox.write("team-1", 1);
            await().until(() -> watched.is(1, "outbox_pending_events"));
            await().until(() -> watched.is(6, "outbox_events_enqueued_total"));
            await().until(() -> watched.is(5, "outbox_events_processed_total"));
        }
    }

    @Test
    void rowsThatAreBeingWrittenAreNotTakenForDone() throws Exception {
        try (var outbox = create("burst");
                var watched = watch("burst");
                var witness = Witness.of(watched)) {
            witness.between(0, 0, "outbox_events_processed_total");
            await().until(() -> watched.is(0, "outbox_events_processed_total"));
            try (var connection = lab.server().connection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("INSERT INTO burst (team, payload) SELECT 'x', 'work' FROM generate_series(1, 5000)");
                await().until(() -> watched.is(5000, "outbox_events_enqueued_total"));
                outbox.write("team-1", 3);
                await().until(() -> watched.is(3, "outbox_pending_events"));
                assertThat(watched.value("outbox_events_processed_total")).hasValue(0);
                connection.commit();
            }
            await().until(() -> watched.is(5003, "outbox_pending_events"));
            witness.assertHonest();

            witness.between(0, 5003, "outbox_events_processed_total");
            lab.server().execute("UPDATE burst SET processed_at = now()");
            await().until(() -> watched.is(5003, "outbox_events_processed_total"));
            witness.assertHonest();
        }
    }

    private static double now() {
        return Instant.now().toEpochMilli() / 1e3;
    }
}
