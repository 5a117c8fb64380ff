// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.WatchedTables.await;
import static io.highwater.exporters.outbox.WatchedTables.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.exporters.Watched;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.junit.PostgresServerExtension;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Outboxes as other people make them. */
class LayoutsTest {

    @RegisterExtension
    static final PostgresServerExtension lab = new PostgresServerExtension(PostgresServer.of(13));

    @BeforeAll
    static void createRole() {
        WatchedTables.createRole(lab.server());
    }

    private static void execute(String... statements) {
        for (var sql : statements) {
            lab.server().execute(sql);
        }
    }

    private static Watched watch(OutboxTable table) {
        execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO highwater");
        return WatchedTables.watch(lab.server(), Map.of("events", table));
    }

    @Test
    void rowsThatAreDeletedWhenDoneAreCountedByTheServersStatistics() {
        execute(
                "CREATE TABLE deleted (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), created_at timestamptz DEFAULT now())",
                "INSERT INTO deleted SELECT FROM generate_series(1, 8)",
                "DELETE FROM deleted WHERE id IN (SELECT id FROM deleted LIMIT 5)");
        try (var watched = watch(plain("deleted", Optional.empty(), Optional.empty(), Optional.empty()))) {
            await().until(() -> watched.is(3, "outbox_pending_events"));
            await().until(() -> watched.is(8, "outbox_events_enqueued_total"));
            await().until(() -> watched.is(5, "outbox_events_processed_total"));
        }
    }

    @Test
    void aFlagAndADeadLetterTable() {
        execute(
                "CREATE TABLE flagged (id bigserial PRIMARY KEY, created_at timestamptz DEFAULT now(), done boolean NOT NULL)",
                "CREATE TABLE \"flagged-dead\" (id bigint)",
                "GRANT SELECT ON SEQUENCE flagged_id_seq TO highwater",
                "INSERT INTO flagged (done) SELECT i > 4 FROM generate_series(1, 10) AS i",
                "DELETE FROM flagged WHERE id IN (1, 10)",
                "INSERT INTO \"flagged-dead\" VALUES (1), (10)");
        try (var watched =
                watch(plain("flagged", Optional.of("done"), Optional.empty(), Optional.of("flagged-dead")))) {
            await().until(() -> watched.is(3, "outbox_pending_events"));
            assertThat(watched.value("outbox_dead_events")).hasValue(2);
            await().until(() -> watched.is(10, "outbox_events_enqueued_total"));
            assertThat(watched.value("outbox_events_processed_total")).hasValue(5);
            assertThat(watched.lines("outbox_retry_events")).isEmpty();
            assertThat(watched.lines("outbox_scheduled_events")).isEmpty();
            assertThat(watched.lines("outbox_partition_keys")).isEmpty();
        }
    }

    @Test
    void aConditionAndNamesInCamelCaseAndATimestampWithoutItsZone() {
        execute(
                "CREATE TABLE \"OutboxEvent\" (id text, \"createdAt\" timestamp(3), status text)",
                "INSERT INTO \"OutboxEvent\" SELECT i::text, (now() AT TIME ZONE 'Asia/Tokyo') - interval '90 s',"
                        + " CASE WHEN i < 4 THEN 'it''s new' ELSE 'done' END FROM generate_series(1, 6) AS i");
        var table = new OutboxTable(
                "public.OutboxEvent",
                "createdAt",
                Optional.empty(),
                Optional.empty(),
                Optional.of("status = 'it''s new' OR status = '?'"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("status"),
                Optional.empty(),
                Optional.empty(),
                "Asia/Tokyo",
                100,
                3,
                Optional.empty());
        try (var watched = watch(table)) {
            await().until(() -> watched.is(3, "outbox_pending_events"));
            assertThat(watched.value("outbox_oldest_pending_age_seconds").orElseThrow())
                    .isBetween(90.0, 150.0);
            assertThat(watched.value("outbox_partition_pending_events", "key", "it's new"))
                    .hasValue(3);
            assertThat(watched.value("outbox_events_processed_total")).isEmpty();
        }
    }

    @Test
    void partitionsAreOneTable() {
        execute(
                "CREATE TABLE parted (created_at timestamptz, done boolean) PARTITION BY RANGE (created_at)",
                "CREATE TABLE parted_old PARTITION OF parted FOR VALUES FROM ('2000-01-01') TO ('2020-01-01')",
                "CREATE TABLE parted_new PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2100-01-01')",
                "INSERT INTO parted SELECT '2019-06-01', false FROM generate_series(1, 3)",
                "INSERT INTO parted SELECT now(), i > 2 FROM generate_series(1, 4) AS i");
        try (var watched = watch(plain("parted", Optional.of("done"), Optional.empty(), Optional.empty()))) {
            await().until(() -> watched.is(5, "outbox_pending_events"));
            await().until(() -> watched.is(7, "outbox_events_enqueued_total"));
            assertThat(watched.value("outbox_oldest_pending_age_seconds").orElseThrow())
                    .isGreaterThan(1e8);
        }
    }

    @Test
    void aViewIsReadAndHasNoCounters() {
        execute(
                "CREATE TABLE behind (created_at timestamptz DEFAULT now(), mine boolean)",
                "INSERT INTO behind SELECT now(), i < 3 FROM generate_series(1, 5) AS i",
                "CREATE VIEW shown AS SELECT * FROM behind WHERE mine");
        try (var watched = watch(plain("shown", Optional.empty(), Optional.empty(), Optional.empty()))) {
            await().until(() -> watched.is(2, "outbox_pending_events"));
            assertThat(watched.lines("outbox_events_enqueued_total")).isEmpty();
            assertThat(watched.lines("outbox_events_processed_total")).isEmpty();
        }
    }

    @Test
    void aConditionCannotWrite() {
        execute(
                "CREATE TABLE readonly (created_at timestamptz DEFAULT now())",
                "INSERT INTO readonly DEFAULT VALUES",
                "CREATE FUNCTION touch() RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER"
                        + " AS 'DELETE FROM public.readonly RETURNING true'");
        var table = plain("readonly", Optional.empty(), Optional.of("public.touch()"), Optional.empty());
        try (var watched = watch(table)) {
            await().until(() -> watched.is(0, "outbox_read_success"));
            await().until(() -> watched.outcome("pg-1", "apart")
                    .filter(outcome ->
                            ((Outcome.Collected) outcome).notes().toString().contains("read-only transaction"))
                    .isPresent());
            assertThat(lab.server().value("SELECT count(*) FROM readonly")).isEqualTo("1");
        }
    }
}
