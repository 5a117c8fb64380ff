// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.WatchedTables.await;
import static io.highwater.exporters.outbox.WatchedTables.outbox;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.Catalog;
import io.highwater.exporters.client.postgres.Plan;
import io.highwater.lab.Outbox;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.junit.PostgresServerExtension;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables with a million processed rows: what is read of them with the right index, and what happens without one. */
class IndexTest {

    private static final int HISTORY = 1_000_000;
    private static final Pattern READ = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

    @RegisterExtension
    static final PostgresServerExtension lab = new PostgresServerExtension(PostgresServer.of(18));

    private static Outbox outbox;

    @BeforeAll
    static void fill() {
        WatchedTables.createRole(lab.server());
        outbox = Outbox.create(lab.server(), "events").withHistory(HISTORY);
        WatchedTables.grant(lab.server(), "events");
        outbox.write("team-1", 20);
        lab.server().execute("CREATE TABLE small (LIKE events INCLUDING ALL)");
        lab.server().execute("INSERT INTO small (team, payload) SELECT 'x', 'work' FROM generate_series(1, 3)");
        WatchedTables.grant(lab.server(), "small");
    }

    private static Watched watch() {
        var tables = new TreeMap<>(Map.of("events", outbox("events"), "small", outbox("small")));
        return WatchedTables.watch(lab.server(), tables);
    }

    @Test
    void withoutAnIndexItIsFoundSlowedAndStillRight() {
        // Which is of no use for what is pending, but for its order.
        lab.server().execute("DROP INDEX IF EXISTS events_pending; CREATE INDEX events_time ON events (created_at)");
        try (var watched = watch()) {
            await().until(() -> watched.is(20, "outbox_pending_events", "outbox", "events"));
            assertThat(watched.value("outbox_query_uses_index", "outbox", "events"))
                    .hasValue(0);
            assertThat(watched.value("ha_config_finding", "check", "outbox_without_index", "name", "events"))
                    .hasValue(1);
            assertThat(watched.value("outbox_events_processed_total", "outbox", "events"))
                    .hasValue((double) outbox.processed());
            assertThat(watched.value("outbox_dead_events", "outbox", "events")).hasValue(0);
            assertThat(((Outcome.Collected) watched.outcome("pg-1", "apart").orElseThrow()).notes())
                    .singleElement()
                    .asString()
                    .contains("outbox events: no index serves, so all of the table events is read");

            // A small one may be read as a whole, and at its own pace.
            assertThat(watched.value("outbox_query_uses_index", "outbox", "small"))
                    .hasValue(1);
            var seldom = watched.value("outbox_read_timestamp_seconds", "outbox", "events");
            var often = watched.value("outbox_read_timestamp_seconds", "outbox", "small")
                    .orElseThrow();
            await().until(() -> watched.value("outbox_read_timestamp_seconds", "outbox", "small")
                            .orElse(0)
                    > often + 0.5);
            assertThat(watched.value("outbox_read_timestamp_seconds", "outbox", "events"))
                    .isEqualTo(seldom);

            lab.server().execute("DROP INDEX events_time");
            lab.server().execute("CREATE INDEX events_pending ON events (created_at) WHERE processed_at IS NULL");
            await().until(() -> watched.is(1, "outbox_query_uses_index", "outbox", "events"));
            assertThat(watched.value("ha_config_finding", "name", "events")).hasValue(0);
            var now = watched.value("outbox_read_timestamp_seconds", "outbox", "events")
                    .orElseThrow();
            await().until(() -> watched.value("outbox_read_timestamp_seconds", "outbox", "events")
                            .orElse(0)
                    > now);
        }
    }

    @Test
    void withAnIndexFewPagesAreRead() throws Exception {
        lab.server()
                .execute("CREATE INDEX IF NOT EXISTS events_pending ON events (created_at) WHERE processed_at IS NULL");
        try (var connection = lab.server().connection(WatchedTables.USER, WatchedTables.PASSWORD)) {
            var query = new OutboxQuery("events", outbox("events"));
            var catalog = Catalog.of(connection, query.table());
            assertThat(Plan.of(connection, query.numbers(catalog)).wholeTable(connection))
                    .isEmpty();
            assertThat(pagesRead(query.numbers(catalog))).isLessThan(100);
        }
    }

    @Test
    void anIndexOnTheColumnThatSaysWhatIsPendingServesToo() throws Exception {
        lab.server()
                .execute(
                        "CREATE TABLE flagged AS SELECT id, created_at, processed_at IS NOT NULL AS done FROM events LIMIT 500000");
        lab.server().execute("GRANT SELECT ON flagged TO " + WatchedTables.USER);
        var table = WatchedTables.plain("flagged", Optional.of("done"), Optional.empty(), Optional.empty());
        assertThat(wholeTable(table)).isEqualTo("flagged");
        lab.server().execute("CREATE INDEX ON flagged (done, created_at)");
        assertThat(wholeTable(table)).isEmpty();
    }

    private static String wholeTable(OutboxTable table) throws Exception {
        lab.server().execute("ANALYZE " + table.table());
        try (var connection = lab.server().connection(WatchedTables.USER, WatchedTables.PASSWORD)) {
            var query = new OutboxQuery("events", table);
            return Plan.of(connection, query.numbers(Catalog.of(connection, query.table())))
                    .wholeTable(connection);
        }
    }

    /** Of all that was touched; the table has some ten thousand. */
    private static long pagesRead(String sql) throws SQLException {
        try (var connection = lab.server().connection();
                var statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            try (var rows = statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS) " + sql)) {
                while (rows.next()) {
                    var read = READ.matcher(rows.getString(1));
                    if (read.find()) {
                        // The first line with buffers is of all nodes together.
                        return number(read.group(1)) + number(read.group(2));
                    }
                }
            }
        }
        throw new AssertionError("no buffers");
    }

    private static long number(String text) {
        return text == null ? 0 : Long.parseLong(text);
    }
}
