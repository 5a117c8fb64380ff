// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static io.highwater.exporters.outbox.WatchedTables.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.outbox.ClaimTable.ClaimState;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.junit.PostgresServerExtension;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that are claimed and go through states. */
class ClaimsTest {

    @RegisterExtension
    static final PostgresServerExtension lab = new PostgresServerExtension(PostgresServer.of(18));

    @Test
    void rowsAreCountedByStateWithTheirAgeAndThoseThatAreStuck() {
        WatchedTables.createRole(lab.server());
        lab.server().execute("CREATE TYPE payout_state AS ENUM ('pending', 'claimed', 'submitted', 'confirmed')");
        lab.server()
                .execute("CREATE TABLE payouts (id bigserial PRIMARY KEY, state payout_state, updated_at timestamptz)");
        lab.server().execute("GRANT SELECT (state, updated_at) ON payouts TO highwater");
        insert("pending", 3, 10);
        insert("claimed", 2, 60);
        insert("claimed", 1, 600);
        insert("submitted", 25, 5);
        insert("confirmed", 4, 99_999);
        var states = new LinkedHashMap<String, ClaimState>();
        states.put("pending", new ClaimState(Optional.of(Duration.ofHours(1))));
        states.put("claimed", new ClaimState(Optional.of(Duration.ofMinutes(5))));
        states.put("submitted", new ClaimState(Optional.empty()));
        var table = new ClaimTable("payouts", "state", "updated_at", states, "UTC", 20, Optional.empty());
        var settings = WatchedTables.settings(List.of(lab.server()), Map.of(), Map.of("payouts", table));

        try (var watched = WatchedTables.watch(settings)) {
            await().until(() -> watched.is(3, "claim_rows", "claim", "payouts", "state", "pending"));
            assertThat(watched.value("claim_stuck_rows", "state", "pending")).hasValue(0);
            assertThat(watched.value("claim_limit_seconds", "state", "pending")).hasValue(3600);
            assertThat(watched.value("claim_oldest_age_seconds", "state", "pending")
                            .orElseThrow())
                    .isBetween(10.0, 60.0);

            assertThat(watched.value("claim_rows", "state", "claimed")).hasValue(3);
            assertThat(watched.value("claim_stuck_rows", "state", "claimed")).hasValue(1);
            assertThat(watched.value("claim_oldest_age_seconds", "state", "claimed")
                            .orElseThrow())
                    .isBetween(600.0, 650.0);

            // Beyond the cap; without a limit nothing is stuck.
            assertThat(watched.value("claim_rows", "state", "submitted")).hasValue(20);
            assertThat(watched.value("claim_rows_capped", "state", "submitted")).hasValue(1);
            assertThat(watched.lines("claim_stuck_rows", "state", "submitted")).isEmpty();
            assertThat(watched.lines("claim_rows", "state", "confirmed")).isEmpty();

            assertThat(watched.value("ha_backlog_items", "unit", "claim", "name", "payouts/claimed"))
                    .hasValue(3);
            assertThat(watched.lines("ha_backlog_items", "name", "payouts/submitted"))
                    .isEmpty();

            lab.server().execute("UPDATE payouts SET state = 'confirmed', updated_at = now() WHERE state = 'claimed'");
            await().until(() -> watched.is(0, "claim_rows", "state", "claimed"));
            assertThat(watched.value("claim_stuck_rows", "state", "claimed")).hasValue(0);
            assertThat(watched.value("claim_oldest_age_seconds", "state", "claimed"))
                    .isEmpty();
            assertThat(watched.value("ha_backlog_oldest_age_seconds", "name", "payouts/claimed"))
                    .hasValue(0);
        }
    }

    private static void insert(String state, int rows, int secondsAgo) {
        lab.server()
                .execute("INSERT INTO payouts (state, updated_at) SELECT '" + state + "', now() - interval '"
                        + secondsAgo + " s' FROM generate_series(1, " + rows + ")");
    }
}
