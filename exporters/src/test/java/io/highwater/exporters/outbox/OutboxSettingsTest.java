// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.Predicate;
import io.highwater.exporters.outbox.ClaimTable.ClaimState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings refuse, and that they say which key it is. */
class OutboxSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", "app.", "x\"y", "x; DROP TABLE y", "1st", "a b"})
    void aTableIsAName(String table) {
        refuses("table: ", () -> WatchedTables.outbox(table));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status = 'new'; DELETE FROM x | ;",
                "status = 'new' -- all | comments",
                "/* all */ true | comments",
                "true) OR (true | parenthesis",
                "(true | parenthesis",
                "status = 'new | quote",
                "'' | condition"
            })
    void aConditionIsOneCondition(String sql, String says) {
        refuses("pending: ", () -> WatchedTables.plain("events", Optional.empty(), Optional.of(sql), Optional.empty()));
        assertThatThrownBy(() -> Predicate.check("pending", sql)).hasMessageContaining(says);
    }

    @Test
    void aRowIsPendingByOneRule() {
        refuses(
                "write one of processedAt, processed and pending",
                () -> WatchedTables.plain("events", Optional.of("done"), Optional.of("NOT done"), Optional.empty()));
    }

    @Test
    void numbersHaveTheirLimits() {
        refuses("cap: ", () -> WatchedTables.outbox("events", 0));
        refuses("cap: ", () -> WatchedTables.outbox("events", 1_000_001));
        refuses("timeZone: ", () -> claims("events", "Mars", Map.of("new", new ClaimState(Optional.empty()))));
        refuses("limit: ", () -> new ClaimState(Optional.of(Duration.ZERO)));
    }

    @Test
    void claimsHaveStates() {
        refuses("states: ", () -> claims("events", "UTC", Map.of()));
        refuses("states: ", () -> claims("events", "UTC", Map.of("a\\", new ClaimState(Optional.empty()))));
    }

    @Test
    void thereIsATable() {
        var nodes = Map.of("pg-1", new PostgresNode("pg-1", PostgresNode.Replication.PHYSICAL));
        refuses(
                "name at least one table under tables or claims",
                () -> new OutboxSettings(WatchedTables.servers(nodes), Optional.empty(), Map.of(), Map.of()));
    }

    private static ClaimTable claims(String table, String zone, Map<String, ClaimState> states) {
        return new ClaimTable(table, "state", "updated_at", states, zone, 100, Optional.empty());
    }

    private static void refuses(String start, ThrowingCallable settings) {
        assertThatThrownBy(settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(start);
    }
}
