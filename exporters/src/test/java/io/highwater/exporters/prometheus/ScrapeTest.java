// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import static io.highwater.exporters.prometheus.Inputs.await;
import static io.highwater.exporters.prometheus.Inputs.notes;
import static io.highwater.exporters.prometheus.Inputs.series;
import static io.highwater.exporters.prometheus.Inputs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.ForeignSeries.Series;
import io.highwater.core.Reason;
import io.highwater.exporters.Watched;
import io.highwater.lab.PageServer;
import io.highwater.lab.PrometheusServer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages over HTTP: of a program that says what the test wants, and of a real Prometheus. */
class ScrapeTest {

    private static PageServer program;
    private static PrometheusServer prometheus;
    private static Watched watched;

    @BeforeAll
    static void start() {
        program = PageServer.start();
        prometheus = PrometheusServer.scraping().start();
        watched = Inputs.watch(Inputs.pages(
                Map.of("runtime-1", program.url() + "/metrics?team=a", "prom-1", prometheus.url() + "/metrics"),
                "llm_*",
                "prometheus_build_info",
                "go_*"));
    }

    @AfterAll
    static void stop() {
        watched.close();
        prometheus.close();
        program.close();
    }

    private static void serve(String contentType, String page) {
        program.serve(200, contentType, page);
    }

    @Test
    void whatIsKeptIsThereOfItsNodeAsItWasRead() {
        serve(
                "text/plain; version=0.0.4",
                "llm_requests_total{model=\"a\"} 3\nllm_requests_total{model=\"b\"} 4\nother 5\n");
        await().until(() -> series(watched, "runtime-1").size() == 2);
        assertThat(series(watched, "runtime-1"))
                .containsExactlyInAnyOrder(
                        new Series("llm_requests_total", Map.of("model", "a"), 3),
                        new Series("llm_requests_total", Map.of("model", "b"), 4));
        await().until(() -> watched.is(2, "metrics_endpoint_series", "node", "runtime-1"));
        assertThat(watched.value("metrics_endpoint_up", "node", "runtime-1")).hasValue(1);
        assertThat(watched.value("metrics_endpoint_samples", "node", "runtime-1"))
                .hasValue(3);
        assertThat(watched.value("metrics_endpoint_body_bytes", "node", "runtime-1"))
                .hasValue(72);
        assertThat(watched.page()).doesNotContain("llm_requests_total");
    }

    @Test
    void aRealProgramsPageIsRead() {
        await().until(() -> watched.is(1, "metrics_endpoint_up", "node", "prom-1"));
        assertThat(value(watched, "prom-1", "prometheus_build_info")).hasValue(1);
        assertThat(value(watched, "prom-1", "go_goroutines").orElseThrow()).isPositive();
        assertThat(series(watched, "prom-1")).allMatch(one -> one.name().matches("go_.*|prometheus_build_info"));
        assertThat(watched.value("metrics_endpoint_samples", "node", "prom-1").orElseThrow())
                .isGreaterThan(200);
        assertThat(series(watched, "")).isEmpty();
    }

    @Test
    void theNewerFormatIsAskedForAndTakenFirst() {
        serve("application/openmetrics-text; version=1.0.0; charset=utf-8", "llm_queue 9 # {a=\"b\"} 1\n# EOF\n");
        await().until(() -> value(watched, "runtime-1", "llm_queue").equals(OptionalDouble.of(9)));
        var asked = program.requests().getLast();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.path()).isEqualTo("/metrics?team=a");
        assertThat(asked.header("accept").orElseThrow())
                .startsWith("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
        assertThat(asked.header("accept-encoding")).hasValue("gzip");
    }

    @Test
    void aPageThatIsWrongIsNoneAndTheLineIsSaid() {
        serve("text/plain", "llm_queue 9\nllm_queue_depth nine\n");
        await().until(() -> watched.reason("runtime-1", "scrape").equals(Optional.of(Reason.PROTOCOL)));
        assertThat(watched.outcome("runtime-1", "scrape").orElseThrow().toString())
                .contains("line 2 of the page: expected a number, found \"nine\"");
        assertThat(watched.value("metrics_endpoint_up", "node", "runtime-1")).hasValue(0);
        await().until(() -> series(watched, "runtime-1").isEmpty());
        serve("text/plain", "llm_queue 8\n");
        await().until(() -> value(watched, "runtime-1", "llm_queue").equals(OptionalDouble.of(8)));
    }

    @Test
    void whatIsLeftOutIsSaid() {
        serve("text/plain", "llm_a NaN\nllm_b 1 %d\nllm_c 3\n".formatted(System.currentTimeMillis() - 360_000));
        await().until(() -> value(watched, "runtime-1", "llm_c").isPresent());
        assertThat(notes(watched, "runtime-1"))
                .containsExactly(
                        "1 series left out: not a number",
                        "1 samples left out: their time is more than 5 minutes from now");
        assertThat(series(watched, "runtime-1")).hasSize(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        program.serve(302, "text/plain", "");
        await().until(() -> watched.outcome("runtime-1", "scrape").toString().contains("/metrics answered 302"));
        assertThat(watched.reason("runtime-1", "scrape")).hasValue(Reason.PROTOCOL);
    }
}
