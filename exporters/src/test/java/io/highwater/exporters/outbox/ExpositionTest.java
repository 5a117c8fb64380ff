// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.Watched;
import io.highwater.exporters.outbox.ClaimTable.ClaimState;
import io.highwater.lab.Outbox;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.junit.PostgresClusterExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of an outbox and a table of claims as a whole: recorded series, Prometheus' own lint, and the declarations. */
class ExpositionTest {

    @RegisterExtension
    static final PostgresClusterExtension lab = new PostgresClusterExtension(PostgresCluster.of(18));

    private static Watched watched;

    @BeforeAll
    static void collect() {
        WatchedTables.createRole(lab.primary());
        var outbox = Outbox.create(lab.primary(), "events").withIndex();
        WatchedTables.grant(lab.primary(), "events");
        outbox.write("team-1", 5);
        outbox.schedule("team-2", 1, 3600);
        lab.primary().execute("CREATE TABLE payouts AS SELECT 'claimed' AS state, now() AS updated_at");
        lab.primary().execute("GRANT SELECT ON payouts TO highwater");
        lab.cluster().awaitReplayed(lab.standby());
        var claims = new ClaimTable(
                "payouts",
                "state",
                "updated_at",
                Map.of("claimed", new ClaimState(Optional.of(Duration.ofMinutes(1)))),
                "UTC",
                100,
                Optional.empty());
        watched = WatchedTables.watch(WatchedTables.settings(
                lab.cluster().nodes(), Map.of("events", WatchedTables.outbox("events")), Map.of("payouts", claims)));
        // A rate needs some seconds.
        WatchedTables.await()
                .until(() -> watched.store().complete()
                        && watched.value("ha_backlog_drain_seconds", "unit", "claim")
                                .isPresent()
                        && watched.value("ha_backlog_wait_seconds", "unit", "outbox")
                                .isPresent());
    }

    @AfterAll
    static void stop() {
        watched.close();
    }

    private static ExposedPage page() {
        return new ExposedPage(watched.page(), new OutboxExporter());
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        page().isAsIn(ExpositionTest.class, "outbox-and-claims.prom", "(?!)", "(?!)");
    }

    @Test
    void prometheusFindsNothingToSay() throws IOException, InterruptedException {
        page().isLinted();
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        page().isDeclared("orders-db");
    }

    @Test
    void whatCanBeSeenIsThere() {
        page().hasAllBut(List.of("ha_availability_objective", "ha_rpo_objective", "ha_rto_objective"));
    }

    @Test
    void theBacklogIsThatOfTheOutbox() {
        assertThat(watched.value("ha_backlog_items", "unit", "outbox", "name", "events"))
                .hasValue(5);
        assertThat(watched.value("ha_backlog_arrival_rate", "unit", "outbox")).hasValue(0);
        assertThat(watched.value("ha_backlog_drain_seconds", "unit", "outbox")).hasValue(Double.POSITIVE_INFINITY);
    }
}
