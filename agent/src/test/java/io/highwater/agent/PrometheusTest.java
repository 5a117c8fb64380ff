// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.Writer;
import io.highwater.lab.junit.PostgresClusterExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real Prometheus has seen of a cluster after it was idle, under load, paused, cut off, dead and promoted. A minute
 * in all; {@code -Dprometheus.hold=50} holds each state for 50 seconds, five minutes in all.
 */
class PrometheusTest {

    private static final int HOLD = Integer.getInteger("prometheus.hold", 8);

    /** One scrape, one collection, and a machine that is busy. */
    private static final double TOLERANCE = 3;

    private static final String LAG = "pg_replication_lag_seconds";

    @RegisterExtension
    static final PostgresClusterExtension lab = new PostgresClusterExtension(PostgresCluster.of(18));

    @Test
    void everyStateOfTheClusterIsRightAndEveryScrapeWell(@TempDir Path folder) throws Exception {
        lab.cluster().createMonitor("highwater", "correct horse");
        var primary = lab.primary();
        var standby = lab.standby();
        try (var writer = Writer.start(primary, "acknowledged", 20);
                var agent = startAgent(folder);
                var prometheus = PrometheusServer.scraping(agent.url(), folder.resolve("prometheus"))) {
            await().until(() -> prometheus.value(LAG).orElse(9) < 1);

            writer.pause();
            lab.cluster().awaitReplayed(standby);
            await().until(() -> prometheus.value(LAG).orElse(9) == 0);
            hold();
            assertThat(prometheus.value(over("max", LAG))).as("lag while idle").hasValue(0);
            assertThat(prometheus.value(over("max", "ha_rpo_bytes")))
                    .as("RPO while idle")
                    .hasValue(0);
            assertThat(prometheus.value(over("min", "pg_up"), "node", standby.name()))
                    .hasValue(1);

            writer.resume();
            hold();
            assertThat(prometheus.value(over("max", LAG)).orElseThrow())
                    .as("lag under load")
                    .isLessThan(TOLERANCE);
            assertThat(prometheus.value(over("max", "ha_rpo_seconds")).orElseThrow())
                    .isLessThan(TOLERANCE);

            standby.execute("SELECT pg_wal_replay_pause()");
            hold();
            assertLagIsTheTruth(prometheus, writer, standby);
            assertThat(prometheus.value("ha_rpo_seconds").orElseThrow())
                    .as("what is received is safe, replayed or not")
                    .isLessThan(TOLERANCE);
            standby.execute("SELECT pg_wal_replay_resume()");
            await().until(() -> prometheus.value(LAG).orElse(9) < 1);

            lab.cluster().cut(standby);
            hold();
            assertLagIsTheTruth(prometheus, writer, standby);
            assertThat(prometheus.value("ha_rpo_seconds").orElseThrow())
                    .as("what is not received would be lost")
                    .isCloseTo(truth(writer, standby), within(TOLERANCE));
            lab.cluster().heal(standby);
            await().until(() -> prometheus.value(LAG).orElse(9) < 1);

            primary.kill();
            await().until(() -> prometheus.value(LAG).isEmpty());
            hold();
            assertThat(prometheus.value(LAG)).as("lag without a primary").isEmpty();
            assertThat(prometheus.value("ha_rpo_seconds")).isEmpty();
            assertThat(prometheus.value("ha_primary_count")).hasValue(0);
            assertThat(prometheus.value("pg_up", "node", primary.name())).hasValue(0);
            assertThat(prometheus.value("pg_up", "node", standby.name())).hasValue(1);

            lab.cluster().promote(standby);
            await().until(() -> prometheus.value("ha_primary_count").orElse(9) == 1);
            hold();
            assertThat(prometheus.value("ha_role_changes_total")).hasValue(1);
            assertThat(prometheus.value("pg_up", "node", standby.name())).hasValue(1);

            assertThat(prometheus.value("min_over_time(up{job=\"highwater\"}[10m])"))
                    .as("every scrape")
                    .hasValue(1);
            assertThat(prometheus.complaints()).isEmpty();
        }
    }

    private static void assertLagIsTheTruth(PrometheusServer prometheus, Writer writer, PostgresServer standby)
            throws IOException, InterruptedException {
        double seen = prometheus.value(LAG).orElseThrow();
        double truth = truth(writer, standby);
        assertThat(truth).isGreaterThan(HOLD - TOLERANCE);
        assertThat(seen).isCloseTo(truth, within(TOLERANCE));
    }

    /** Age of the oldest acknowledged row that the standby does not show. */
    private static double truth(Writer writer, PostgresServer standby) {
        return writer.exposure(standby).orElse(Duration.ZERO).toMillis() / 1e3;
    }

    private static String over(String function, String family) {
        return "%s_over_time(%s[%ds])".formatted(function, family, Math.max(1, HOLD - 1));
    }

    /** A state lasts as long as it was asked to. */
    private static void hold() {
        var end = Instant.now().plusSeconds(HOLD);
        Awaitility.await()
                .atMost(Duration.ofSeconds(HOLD + 5))
                .until(() -> Instant.now().isAfter(end));
    }

    private static Agent startAgent(Path folder) throws Exception {
        var config = folder.resolve("highwater.yaml");
        Files.writeString(config, """
                clusters:
                  orders-db:
                    level: L3
                    postgres:
                      nodes: { %s: "127.0.0.1:%d", %s: "127.0.0.1:%d" }
                      passwordEnv: PG_PASSWORD
                """.formatted(
                        lab.primary().name(),
                        lab.primary().port(),
                        lab.standby().name(),
                        lab.standby().port()));
        return Agent.start(
                AgentOptions.of(config).listen("127.0.0.1:0").environment(Map.of("PG_PASSWORD", "correct horse")),
                new Log(LogFormat.LOGFMT, LogLevel.ERROR, OutputStream.nullOutputStream()));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(200));
    }
}
