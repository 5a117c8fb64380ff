// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Family;
import io.highwater.exporters.Promtool;
import io.highwater.exporters.Watched;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.RedisSetExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of a master, its replica and a Sentinel as a whole: recorded series, Prometheus' own lint, declarations. */
class ExpositionTest {

    /** Renew it with {@code -Dgolden.update=true}, and read what changed. */
    private static final Path GOLDEN =
            Path.of("src/test/java/io/highwater/exporters/redis/master-replica-and-sentinel.prom");

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

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        // What others asked of the servers until now is left out.
        var page = watched.page()
                .lines()
                .filter(line -> !line.contains("cmd=\"") || line.contains("cmd=\"info\""))
                .filter(line -> !line.contains("err=\"") || line.matches(".*err=\"(OOM|MISCONF|NOREPLICAS)\".*"))
                .map(line -> line.startsWith("#") ? line : line.replaceAll(" \\S+$", " 0"))
                .map(line -> line.replaceAll("((_port|slave_port)=\"|127\\.0\\.0\\.1:)\\d+", "$1…"))
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
            assertThat(line).contains("cluster=\"jobs\"");
            // The labels that may be empty, and then are none.
            family.labels().stream()
                    .filter(label -> !List.of("unit", "name").contains(label))
                    .forEach(label -> assertThat(line).contains(label + "=\""));
        });
    }

    @Test
    void whatCanBeSeenOnAHealthySetIsThere() {
        var page = watched.page();
        var onlyElsewhere = List.of(
                "ha_failover_loss_",
                "ha_last_failover_",
                "ha_rpo_objective",
                "ha_rto_objective",
                "redis_cluster_",
                "redis_master_link_down_seconds");
        assertThat(families().keySet())
                .filteredOn(name -> onlyElsewhere.stream().noneMatch(name::startsWith))
                .allSatisfy(name -> assertThat(page).contains("\n" + name + "{"));
    }

    private static Map<String, Family> families() {
        return new RedisExporter().families().stream().collect(Collectors.toMap(Family::name, Function.identity()));
    }
}
