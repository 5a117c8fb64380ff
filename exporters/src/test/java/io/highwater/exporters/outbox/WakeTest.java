// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.WatchedTables.await;
import static io.highwater.exporters.outbox.WatchedTables.outbox;
import static io.highwater.exporters.outbox.WatchedTables.waking;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.exporters.Watched;
import io.highwater.exporters.outbox.ClaimTable.ClaimState;
import io.highwater.lab.Outbox;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.junit.PostgresServerExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Collections a minute apart, and rows that do not wait for them. */
class WakeTest {

    @RegisterExtension
    static final PostgresServerExtension lab = new PostgresServerExtension(PostgresServer.of(18));

    @BeforeAll
    static void createRole() {
        WatchedTables.createRole(lab.server());
        lab.server().execute("""
                CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_notify(TG_ARGV[0], ''); RETURN NULL; END $$
                """);
    }

    private static void notifies(String table, String channel) {
        lab.server()
                .execute("CREATE TRIGGER tell AFTER INSERT ON " + table + " FOR EACH STATEMENT EXECUTE FUNCTION tell('"
                        + channel + "')");
    }

    private static Outbox create(String table) {
        var outbox = Outbox.create(lab.server(), table).withIndex();
        WatchedTables.grant(lab.server(), table);
        notifies(table, table + "_rows");
        return outbox;
    }

    private static Watched watch(Map<String, OutboxTable> tables, Map<String, ClaimTable> claims) {
        return WatchedTables.watch(
                WatchedTables.settings(List.of(lab.server()), tables, claims), Duration.ofMinutes(1));
    }

    private static Watched watch(String table) {
        return watch(Map.of(table, waking(outbox(table), table + "_rows")), Map.of());
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20));
    }

    private static int collections(Watched watched) {
        return watched.runs(lab.server().name(), OutboxExporter.STATE);
    }

    /** The session that listens; empty when there is none. */
    private static String listener() {
        return lab.server()
                .value("SELECT coalesce(max(pid)::text, '') FROM pg_stat_activity"
                        + " WHERE application_name = 'highwater' AND query LIKE 'LISTEN%'");
    }

    @Test
    void theFirstRowIsCollectedAtOnceAndThoseAfterItAreNot() {
        try (var outbox = create("jobs");
                var watched = watch("jobs")) {
            soon().until(() ->
                    watched.is(0, "outbox_pending_events") && !listener().isEmpty());
            soon().until(() -> collections(watched) == 2); // once more after it had listened

            outbox.write("team-1", 1);

            soon().until(() -> watched.is(1, "ha_backlog_items", "unit", "outbox", "name", "jobs"));
            int collections = collections(watched);
            outbox.write("team-1", 100);
            await().during(Duration.ofSeconds(1)).until(() -> collections(watched) == collections);
        }
    }

    @Test
    void aRowToBeClaimedIsCollectedAtOnce() {
        lab.server().execute("CREATE TABLE payouts (state text, updated_at timestamptz DEFAULT now())");
        lab.server().execute("GRANT SELECT (state, updated_at) ON payouts TO " + WatchedTables.USER);
        notifies("payouts", "payout");
        var states = Map.of("pending", new ClaimState(Optional.empty()));
        var table = new ClaimTable("payouts", "state", "updated_at", states, "UTC", 100, Optional.of("payout"));
        try (var watched = watch(Map.of(), Map.of("payouts", table))) {
            soon().until(() -> watched.is(0, "claim_rows") && collections(watched) == 2);

            lab.server().execute("INSERT INTO payouts VALUES ('pending')");

            soon().until(() -> watched.is(1, "ha_backlog_items", "unit", "claim", "name", "payouts/pending"));
        }
    }

    @Test
    void aLostConnectionIsMadeAnewAndFailsNoCollection() {
        try (var outbox = create("again");
                var watched = watch("again")) {
            soon().until(() -> !listener().isEmpty() && collections(watched) == 2);
            var lost = listener();

            lab.server().execute("SELECT pg_terminate_backend(" + lost + ")");

            // What came while nobody listened is looked for.
            soon().until(() -> collections(watched) == 3 && !listener().equals(lost));
            outbox.write("team-1", 1);
            soon().until(() -> watched.is(1, "ha_backlog_items", "unit", "outbox", "name", "again"));
            assertThat(watched.outcome(lab.server().name(), OutboxExporter.STATE))
                    .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Collected.class));
        }
    }
}
