// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.WatchedTables.await;
import static io.highwater.exporters.outbox.WatchedTables.outbox;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.lab.HostileServer;
import io.highwater.lab.Outbox;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.junit.PostgresServerExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables that are not as configured, may not be read, or are locked; and a server that says nothing. */
class TroubleTest {

    @RegisterExtension
    static final PostgresServerExtension lab = new PostgresServerExtension(PostgresServer.of(15));

    @BeforeAll
    static void prepare() {
        WatchedTables.createRole(lab.server());
        lab.server().execute("CREATE SCHEMA app");
        Outbox.create(lab.server(), "good").withIndex().write("team-1", 2);
        WatchedTables.grant(lab.server(), "good");
    }

    private static Watched watch(OutboxTable bad) {
        var tables = Map.of("good", outbox("good"), "bad", bad);
        // What could not be read is tried again after twelve intervals.
        return WatchedTables.watch(
                WatchedTables.settings(List.of(lab.server()), tables, Map.of()), Duration.ofMillis(100));
    }

    /** What is said of the bad table, while the good one is read. */
    private static String note(Watched watched) {
        await().until(() -> watched.is(0, "outbox_read_success", "outbox", "bad"));
        await().until(() -> watched.is(2, "outbox_pending_events", "outbox", "good"));
        assertThat(watched.value("outbox_up")).hasValue(1);
        assertThat(watched.lines("outbox_pending_events", "outbox", "bad")).isEmpty();
        await().until(() -> !notes(watched).isEmpty());
        assertThat(notes(watched)).hasSize(1);
        return notes(watched).getFirst();
    }

    private static List<String> notes(Watched watched) {
        return watched.outcome("pg-1", "apart")
                .filter(Outcome.Collected.class::isInstance)
                .map(outcome -> ((Outcome.Collected) outcome).notes())
                .orElse(List.of());
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        try (var watched = watch(outbox("app.nowhere"))) {
            assertThat(note(watched)).isEqualTo("outbox bad: there is no table app.nowhere in the database postgres");
        }
    }

    @Test
    void aColumnThatIsNotThereIsNamed() {
        lab.server()
                .execute("CREATE TABLE columnless (created_at timestamptz, processed_at timestamptz, attempts int)");
        try (var watched = watch(outbox("columnless"))) {
            assertThat(note(watched)).isEqualTo("outbox bad: the table columnless has no column not_before");
        }
    }

    @Test
    void aColumnThatIsNoTimeIsRefused() {
        lab.server().execute("CREATE TABLE dated (created_at date)");
        try (var watched = watch(WatchedTables.plain("dated", Optional.empty(), Optional.empty(), Optional.empty()))) {
            assertThat(note(watched)).contains("the column created_at of dated is date");
        }
    }

    @Test
    void aMissingRightIsNamedAsWhatToGrantAndEnoughWhenItIs() {
        var outbox = Outbox.create(lab.server(), "app.secret").withIndex();
        outbox.write("team-1", 4);
        try (var watched = watch(outbox("app.secret"))) {
            assertThat(note(watched))
                    .contains("permission denied for schema app")
                    .contains("GRANT USAGE ON SCHEMA app TO highwater")
                    .contains("GRANT SELECT (created_at, processed_at, attempts, not_before, team");
            lab.server().execute("GRANT USAGE ON SCHEMA app TO highwater");
            lab.server()
                    .execute(
                            "GRANT SELECT (created_at, processed_at, attempts, not_before, team) ON app.secret TO highwater");
            await().until(() -> watched.is(4, "outbox_pending_events", "outbox", "bad"));
            // Without the sequence, what was written is known from statistics, and what was processed is not.
            await().until(() -> watched.is(4, "outbox_events_enqueued_total", "outbox", "bad"));
            assertThat(watched.value("outbox_events_processed_total", "outbox", "bad"))
                    .isEmpty();
            await().until(() -> ((Outcome.Collected)
                            watched.outcome("pg-1", "state").orElseThrow())
                    .notes()
                    .toString()
                    .contains("GRANT SELECT ON SEQUENCE app.secret_id_seq TO highwater"));
        }
    }

    @Test
    void aConditionThatFailsIsTheServersWord() {
        var wrong = WatchedTables.plain("good", Optional.empty(), Optional.of("nonsense > 3"), Optional.empty());
        try (var watched = watch(wrong)) {
            assertThat(note(watched)).contains("table good: ERROR: column \"nonsense\" does not exist");
        }
    }

    @Test
    void rowsThatRowSecurityHidesAreNotLeftOutSilently() {
        Outbox.create(lab.server(), "private").write("team-1", 2);
        WatchedTables.grant(lab.server(), "private");
        lab.server().execute("ALTER TABLE private ENABLE ROW LEVEL SECURITY");
        try (var watched = watch(outbox("private"))) {
            assertThat(note(watched)).contains("row-level security");
        }
    }

    @Test
    void aLockedTableIsAbsentAndDelaysNoOther() throws Exception {
        var outbox = Outbox.create(lab.server(), "locked").withIndex();
        outbox.write("team-1", 1);
        WatchedTables.grant(lab.server(), "locked");
        try (var watched = watch(outbox("locked"))) {
            await().until(() -> watched.is(1, "outbox_pending_events", "outbox", "bad"));
            try (var migration = lab.server().connection()) {
                migration.setAutoCommit(false);
                try (var statement = migration.createStatement()) {
                    statement.execute("LOCK TABLE locked");
                }
                assertThat(note(watched)).contains("lock timeout");
            }
            await().until(() -> watched.is(1, "outbox_pending_events", "outbox", "bad"));
        }
    }

    @Test
    void aServerThatSaysNothingIsATimeout() {
        try (var server = HostileServer.silent()) {
            var nodes =
                    Map.of("pg-1", new PostgresNode("127.0.0.1:" + server.port(), PostgresNode.Replication.PHYSICAL));
            var settings = new OutboxSettings(
                    WatchedTables.servers(nodes), Optional.empty(), Map.of("good", outbox("good")), Map.of());
            try (var watched = WatchedTables.watch(settings)) {
                await().until(() -> watched.reason("pg-1", "state").equals(Optional.of(Reason.TIMEOUT)));
                assertThat(watched.value("outbox_up")).hasValue(0);
                assertThat(watched.lines("outbox_read_success")).isEmpty();
            }
        }
    }
}
