// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.Watched;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.junit.PostgresClusterExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a primary and its standby as a whole: recorded series, Prometheus' own lint, and the declarations. */
class ExpositionTest {

    @RegisterExtension
    static final PostgresClusterExtension lab = new PostgresClusterExtension(PostgresCluster.of(18)
            .withSlots()
            .archiving("true")
            .setting("shared_preload_libraries", "pg_stat_statements"));

    private static Watched watched;

    @BeforeAll
    static void collect() {
        lab.cluster().createMonitor(WatchedCluster.USER, WatchedCluster.PASSWORD);
        lab.primary().execute("CREATE EXTENSION pg_stat_statements");
        lab.primary().execute("CREATE TABLE readings AS SELECT generate_series(1, 20000) AS id");
        lab.primary().execute("CREATE INDEX ON readings (id)");
        lab.primary().execute("VACUUM ANALYZE readings");
        lab.primary().execute("SELECT pg_switch_wal()");
        lab.cluster().awaitReplayed(lab.standby());
        watched = WatchedCluster.of(lab.cluster());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> watched.store().complete()
                        && watched.value("pg_replication_lag_bytes", "stage", "replay")
                                .isPresent()
                        && watched.value("pg_stat_archiver_last_archive_age").isPresent());
    }

    @AfterAll
    static void stop() {
        watched.close();
    }

    private static ExposedPage page() {
        return new ExposedPage(watched.page(), new PostgresExporter());
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        // What depends on the moment is left out: lags of a standby that just wrote something, who is connected.
        var momentary = "pg_stat_(replication_lag_seconds|activity|statements)\\w*";
        page().isAsIn(ExpositionTest.class, "primary-and-standby.prom", momentary, "(?<=node=\")127.0.0.1:\\d+");
    }

    @Test
    void prometheusFindsNothingToSayButOfNamesThatOthersMadeKnown() throws IOException, InterruptedException {
        // Lint takes a name in _count for a part of a histogram; this one is the field's word.
        page().isLinted("ha_primary_count");
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        page().isDeclared("orders-db");
    }

    @Test
    void whatCanBeSeenOnAHealthyClusterIsThere() {
        page().hasAllBut(List.of(
                "ha_failover_loss_",
                "ha_last_failover_",
                "ha_rpo_objective",
                "ha_rto_objective",
                "ha_availability_objective",
                "pg_lock_wait",
                "pg_heartbeat_",
                "pg_replication_slots_inactive_seconds",
                "pg_replication_slots_safe_wal_size_bytes",
                "pg_stat_database_checksum_failures_total",
                "pg_settings_max_slot_wal_keep_size_bytes",
                "pg_stat_bgwriter_",
                "pg_stat_replication_lag_seconds"));
    }
}
