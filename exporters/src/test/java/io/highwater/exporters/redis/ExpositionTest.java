// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;

import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.Watched;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.RedisSetExtension;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a master, its replica and a Sentinel as a whole: recorded series, Prometheus' own lint, declarations. */
class ExpositionTest {

    @RegisterExtension
    static final RedisSetExtension lab = new RedisSetExtension(RedisSet.plan()
            .replicas(1)
            .sentinels(1)
            .setting("appendonly", "yes")
            .setting("save", "3600 1"));

    private static Watched watched;

    @BeforeAll
    static void collect() {
        lab.master().command("SET", "session", "x", "EX", "3600");
        watched = WatchedRedis.of(lab.set());
        await().until(() -> watched.store().complete()
                && watched.value("redis_replication_lag_seconds").isPresent()
                && watched.value("redis_replication_backlog_margin_seconds").isPresent()
                && watched.value("redis_aof_current_size_bytes", "node", "redis-2")
                        .isPresent());
    }

    @AfterAll
    static void stop() {
        watched.close();
    }

    private static ExposedPage page() {
        return new ExposedPage(watched.page(), new RedisExporter());
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        // What others asked of the servers until now is left out.
        var others = watched.page()
                .lines()
                .filter(line -> !line.contains("cmd=\"") || line.contains("cmd=\"info\""))
                .filter(line -> !line.contains("err=\"") || line.matches(".*err=\"(OOM|MISCONF|NOREPLICAS)\".*"))
                .collect(Collectors.joining("\n", "", "\n"));
        new ExposedPage(others, new RedisExporter())
                .isAsIn(
                        ExpositionTest.class,
                        "master-replica-and-sentinel.prom",
                        "none",
                        "(?<=(_port|slave_port)=\"|127\\.0\\.0\\.1:)\\d+");
    }

    @Test
    void prometheusFindsNothingToSayButOfNamesThatOthersMadeKnown() throws IOException, InterruptedException {
        // Lint takes a name in _count for a part of a histogram; this one is the field's word.
        page().isLinted("ha_primary_count");
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        page().isDeclared("jobs");
    }

    @Test
    void whatCanBeSeenOnAHealthySetIsThere() {
        page().hasAllBut(List.of(
                "ha_failover_loss_",
                "ha_last_failover_",
                "ha_rpo_objective",
                "ha_rto_objective",
                "ha_availability_objective",
                "redis_cluster_",
                "redis_master_link_down_seconds"));
    }
}
