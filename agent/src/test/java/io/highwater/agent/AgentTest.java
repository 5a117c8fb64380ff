// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.FreePort;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.junit.PostgresClusterExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent over HTTP: a real primary and its standby, a node that refuses, and one that knows us not. */
@Timeout(120)
class AgentTest {

    private static final String PASSWORD = "correct-horse-7";
    private static final String WRONG_PASSWORD = "wrong-battery-9";
    private static final String OPENMETRICS = "application/openmetrics-text";

    @RegisterExtension
    static final PostgresClusterExtension POSTGRES = new PostgresClusterExtension(PostgresCluster.of(18));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static RunningAgent agent;

    @BeforeAll
    static void start() {
        POSTGRES.cluster().createMonitor("highwater", PASSWORD);
        POSTGRES.cluster().awaitReplayed(POSTGRES.standby());
        agent = RunningAgent.start(
                        directory,
                        """
                clusters:
                  orders-db:
                    level: L3
                    labels: { team: checkout }
                    postgres:
                      nodes:
                        pg-1: "127.0.0.1:%d"
                        pg-2: "127.0.0.1:%d"
                      passwordEnv: PG_PASSWORD
                      collectors: { settings: { maxSeries: 3 } }
                  <i>"odd"&:
                    postgres:
                      nodes:
                        gone: "127.0.0.1:%d"
                      passwordEnv: PG_PASSWORD
                  strangers:
                    postgres:
                      nodes:
                        strange: "127.0.0.1:%d"
                      passwordEnv: WRONG_PASSWORD
                """.formatted(
                                        POSTGRES.primary().port(),
                                        POSTGRES.standby().port(),
                                        FreePort.next(),
                                        POSTGRES.primary().port()),
                        Map.of("PG_PASSWORD", PASSWORD, "WRONG_PASSWORD", WRONG_PASSWORD))
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        agent.close();
    }

    @Test
    void servesWhatIsKnownOfEveryTarget() {
        assertThat(agent.page("/metrics"))
                .contains("pg_up{cluster=\"orders-db\",node=\"pg-1\",team=\"checkout\"} 1\n")
                .contains("pg_up{cluster=\"orders-db\",node=\"pg-2\",team=\"checkout\"} 1\n")
                .contains("pg_up{cluster=\"<i>\\\"odd\\\"&\",node=\"gone\"} 0\n")
                .contains(
                        "ha_rto_objective_seconds{cluster=\"orders-db\",component=\"postgres\",team=\"checkout\"} 30\n");
    }

    @Test
    void servesTwoFormatsByWhatTheClientAccepts() {
        var plain = agent.get("/metrics");
        assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(plain.headers().firstValue("Vary")).contains("Accept, Accept-Encoding");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.body()).doesNotContain("# EOF").contains("# TYPE highwater_collections_total counter\n");

        var open = agent.get("/metrics", "Accept", OPENMETRICS + ";version=1.0.0,text/plain;q=0.5");
        assertThat(open.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("\n# EOF\n").containsOnlyOnce("# EOF");
        assertThat(open.body()).contains("# TYPE highwater_collections counter\n");
    }

    @Test
    void compressesForThoseWhoTakeIt() throws IOException {
        var response = agent.getBytes("/metrics", "Accept", OPENMETRICS, "Accept-Encoding", "deflate, gzip;q=0.8");

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            var text = new String(unzipped.readAllBytes(), UTF_8);
            assertThat(text).contains("pg_up{").contains("highwater_target_up{").endsWith("# EOF\n");
        }
    }

    @Test
    void servesFamiliesByName() {
        var text = agent.page("/metrics?name[]=pg_up&name[]=highwater_target_up&name[]=highwater_collections_total");

        assertThat(text.lines().filter(line -> line.startsWith("# TYPE")))
                .containsExactlyInAnyOrder(
                        "# TYPE pg_up gauge",
                        "# TYPE highwater_target_up gauge",
                        "# TYPE highwater_collections_total counter");
        assertThat(agent.get("/metrics?name[]=highwater_collections_total", "Accept", OPENMETRICS)
                        .body())
                .startsWith("# TYPE highwater_collections counter\n# HELP highwater_collections ")
                .contains("highwater_collections_total{")
                .endsWith("# EOF\n");
    }

    @Test
    void tellsOfItself() {
        var replication = "{cluster=\"orders-db\",collector=\"replication\",component=\"postgres\",node=\"pg-1\"";
        // What the agent says of itself is rendered once a second at most.
        await().atMost(Duration.ofSeconds(5))
                .until(() -> agent.page("/metrics").contains("highwater_collections_total" + replication));
        var text = agent.page("/metrics");
        assertThat(text)
                .contains("highwater_target_up{cluster=\"orders-db\",component=\"postgres\",node=\"pg-1\"} 1.0\n")
                .contains("highwater_target_up{cluster=\"strangers\",component=\"postgres\",node=\"strange\"} 0.0\n")
                .contains("highwater_snapshot_age_seconds" + replication + "} ")
                .contains("highwater_collection_last_success_timestamp_seconds" + replication + "} ")
                .contains("highwater_collection_duration_seconds_count" + replication + "} ")
                .contains("highwater_collection_duration_seconds_max" + replication + "} ")
                .contains("highwater_collections_total" + replication + ",outcome=\"collected\"} ")
                .contains("outcome=\"refused\"} ")
                .contains("outcome=\"auth\"} ")
                .contains("highwater_series_dropped_total{cluster=\"orders-db\",collector=\"settings\"")
                .contains("highwater_config_last_reload_successful 1.0\n")
                .contains("highwater_config_last_reload_success_timestamp_seconds 1.")
                .contains("highwater_build_info{jdk=\"")
                .doesNotContain("NaN");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(agent.page("/metrics"))
                        .contains("highwater_collections_skipped_total{")
                        .contains("highwater_http_requests_total{code=\"200\",handler=\"/metrics\"} ")
                        .contains("jvm_memory_used_bytes{")
                        .contains("jvm_gc_collection_seconds_count{")
                        .contains("process_cpu_seconds_total ")
                        .contains("process_resident_memory_bytes ")
                        .contains("process_open_fds ")
                        .contains("process_start_time_seconds "));
    }

    @Test
    void probesOneTargetWhileTheClientWaits() {
        assertThat(agent.page("/probe?target=orders-db/postgres/pg-2"))
                .contains("pg_up{cluster=\"orders-db\",node=\"pg-2\",team=\"checkout\"} 1\n")
                .contains("highwater_collector_success{cluster=\"orders-db\",node=\"pg-2\",component=\"postgres\","
                        + "collector=\"sizes\",team=\"checkout\"} 1\n")
                .contains("highwater_collector_duration_seconds{")
                .contains("pg_database_size_bytes{")
                .doesNotContain("pg-1")
                .doesNotContain("jvm_");
    }

    @Test
    void probesTheCollectorsThatAreAskedFor() {
        var text = agent.page("/probe?target=orders-db/postgres/pg-1&collect[]=activity");

        assertThat(text)
                .contains("pg_stat_activity_count{")
                .contains("collector=\"activity\"")
                .doesNotContain("collector=\"replication\"")
                .doesNotContain("pg_up");
        assertThat(agent.page("/probe?target=orders-db/postgres/pg-1&name[]=pg_up"))
                .isEqualTo("""
                        # HELP pg_up Whether the server answers.
                        # TYPE pg_up gauge
                        pg_up{cluster="orders-db",node="pg-1",team="checkout"} 1
                        """);
        assertThat(agent.get("/probe?target=orders-db/postgres/pg-1&collect[]=nonsense"))
                .satisfies(response -> assertThat(response.statusCode()).isEqualTo(400))
                .satisfies(response -> assertThat(response.body()).contains("replication"));
    }

    @Test
    void aProbeOfATargetThatDoesNotAnswerIsAnAnswer() {
        assertThat(agent.page("/probe?target=strangers/postgres/strange"))
                .contains("pg_up{cluster=\"strangers\",node=\"strange\"} 0\n")
                .contains("collector=\"replication\"} 0\n");
    }

    @Test
    void explainsAProbe() {
        assertThat(agent.page("/probe?target=orders-db/postgres/pg-1&debug=true"))
                .startsWith("Logs for the probe:\ntime=")
                .contains("msg=Collected collector=replication took=")
                .contains("\nMetrics that would have been returned:\n# HELP ")
                .contains("\nEffective configuration:\nclusters:\n  orders-db:\n")
                .contains("password: \"***\" # environment PG_PASSWORD");
        assertThat(agent.page("/probe?target=strangers/postgres/strange&debug=true"))
                .contains("msg=Failed collector=replication took=")
                .contains(" reason=auth err=\"");
    }

    @Test
    void probesOnlyWhatIsConfigured() {
        var unknown = agent.get("/probe?target=127.0.0.1:5432");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("127.0.0.1:5432").contains("  orders-db/postgres/pg-1\n");
        assertThat(agent.get("/probe").statusCode()).isEqualTo(400);
    }

    @Test
    void probesWithinTheTimeThatPrometheusGives() {
        var header = "X-Prometheus-Scrape-Timeout-Seconds";
        assertThat(agent.get("/probe?target=orders-db/postgres/pg-1&debug=true", header, "3.5")
                        .body())
                .contains("timeout=3s");
        assertThat(agent.get("/probe?target=orders-db/postgres/pg-1", header, "soon")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void isReadyAndHealthy() {
        assertThat(agent.page("/-/healthy")).isEqualTo("Highwater is Healthy.\n");
        assertThat(agent.page("/-/ready")).isEqualTo("Highwater is Ready.\n");
        assertThat(agent.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(agent.get("/-/reload").statusCode()).isEqualTo(405);
    }

    @Test
    void showsEveryTargetToPeople() {
        var response = agent.get("/");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(response.body())
                .contains("2 of 4 targets up")
                .contains("<h2>orders-db / postgres</h2>")
                .contains("<span class=\"up\">up</span> <b>pg-1</b>")
                .contains("<h2>&lt;i&gt;&quot;odd&quot;&amp; / postgres</h2>")
                .contains("<span class=\"down\">down</span> <b>gone</b>")
                .contains("<span class=\"error\">refused: ")
                .contains("<span class=\"error\">auth: ")
                .contains("href=\"/probe?target=orders-db%2Fpostgres%2Fpg-1&amp;debug=true\"")
                .contains("href=\"/metrics\"")
                .containsPattern("\\d+ series of \\w+ dropped")
                .contains("pg_stat_statements") // what the collector left out, and why
                .contains("highwater, version ")
                .doesNotContain("<i>")
                .doesNotContain("<script")
                .doesNotContain("://");
    }

    @Test
    void logsAChangeOnce() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(agent.log().lines())
                        .filteredOn(line -> line.contains("level=WARN") && line.contains("node=gone"))
                        .singleElement()
                        .asString()
                        .contains("msg=\"Target is down\"")
                        .contains("collector=replication reason=refused err="));
        assertThat(agent.log()).doesNotContain("level=ERROR");
    }

    @Test
    void keepsSecretsToItself() {
        var target = "/probe?target=strangers/postgres/strange&debug=true";
        assertThat(List.of(agent.page("/"), agent.page("/metrics"), agent.page(target), agent.log()))
                .allSatisfy(text -> assertThat(text).doesNotContain(PASSWORD).doesNotContain(WRONG_PASSWORD));
    }
}
