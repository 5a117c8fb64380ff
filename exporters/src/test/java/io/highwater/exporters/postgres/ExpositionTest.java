// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Family;
import io.highwater.exporters.Promtool;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.junit.PostgresClusterExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a primary and its standby as a whole: recorded series, Prometheus' own lint, and the declarations. */
class ExpositionTest {

    /** Renew it with {@code -Dgolden.update=true}, and read what changed. */
    private static final Path GOLDEN =
            Path.of("src/test/java/io/highwater/exporters/postgres/primary-and-standby.prom");

    @RegisterExtension
    static final PostgresClusterExtension lab = new PostgresClusterExtension(PostgresCluster.of(18)
            .withSlots()
            .archiving("true")
            .setting("shared_preload_libraries", "pg_stat_statements"));

    private static WatchedCluster watched;

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

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        // What depends on the moment is left out: lags of a standby that just wrote something, who is connected.
        var page = watched.page()
                .lines()
                .filter(line ->
                        !line.matches("(# (HELP|TYPE) )?pg_stat_(replication_lag_seconds|activity|statements).*"))
                .map(line -> line.startsWith("#") ? line : line.replaceAll(" \\S+$", " 0"))
                .map(line -> line.replaceAll("node=\"127.0.0.1:\\d+\"", "node=\"…\""))
                .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, page);
        }
        assertThat(page).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void prometheusFindsNothingToSayButOfNamesThatOthersMadeKnown() throws IOException, InterruptedException {
        var compatible = families().values().stream()
                .filter(Family::compatible)
                .map(Family::name)
                .collect(Collectors.toSet());
        // Lint takes a name in _count for a part of a histogram; this one is the field's word.
        compatible.add("ha_primary_count");
        assertThat(Promtool.lint(watched.page()))
                .allSatisfy(finding -> assertThat(compatible).contains(finding.split(" ")[0]));
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        var declared = families();
        watched.page().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var family = Objects.requireNonNull(declared.get(line.substring(0, line.indexOf('{'))), line);
            assertThat(line).contains("cluster=\"orders-db\"");
            family.labels().forEach(label -> assertThat(line).contains(label + "=\""));
        });
    }

    @Test
    void whatCanBeSeenOnAHealthyClusterIsThere() {
        var page = watched.page();
        var onlyInTrouble = List.of(
                "ha_failover_loss_",
                "ha_last_failover_",
                "ha_rpo_objective",
                "ha_rto_objective",
                "pg_lock_wait",
                "pg_heartbeat_",
                "pg_replication_slots_inactive_seconds",
                "pg_replication_slots_safe_wal_size_bytes",
                "pg_stat_database_checksum_failures_total",
                "pg_settings_max_slot_wal_keep_size_bytes",
                "pg_stat_bgwriter_",
                "pg_stat_replication_lag_seconds");
        assertThat(families().keySet())
                .filteredOn(name -> onlyInTrouble.stream().noneMatch(name::startsWith))
                .allSatisfy(name -> assertThat(page).contains("\n" + name + "{"));
    }

    private static Map<String, Family> families() {
        return new PostgresExporter().families().stream().collect(Collectors.toMap(Family::name, Function.identity()));
    }
}
