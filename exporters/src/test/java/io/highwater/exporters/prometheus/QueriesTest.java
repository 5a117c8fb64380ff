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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries to a real Prometheus that scrapes a program with a page. */
class QueriesTest {

    private static final String PAGE = """
            # TYPE http_requests_total counter
            http_requests_total{job_type="plan",code="200"} 40
            http_requests_total{job_type="plan",code="500"} 2
            http_requests_total{job_type="post",code="200"} 8
            """;

    private static PageServer program;
    private static PrometheusServer prometheus;
    private static Watched watched;

    @BeforeAll
    static void start() {
        program = PageServer.start().serve(200, "text/plain; version=0.0.4", PAGE + filler(150));
        prometheus = PrometheusServer.scraping(program.port()).start();
        var queries = new LinkedHashMap<String, String>();
        queries.put("by-type", "sum by (job_type) (http_requests_total)");
        queries.put("all", "http_requests_total");
        queries.put("scalar", "scalar(sum(http_requests_total))");
        queries.put("nan", "vector(0) / 0");
        queries.put("some-nan", "(http_requests_total > 20) or (http_requests_total - http_requests_total) / 0");
        queries.put("infinite", "vector(1) / 0");
        queries.put("nothing", "no_such_metric");
        queries.put("syntax", "sum(");
        queries.put("matrix", "http_requests_total[10s]");
        queries.put("text", "'text'");
        queries.put("ambiguous", "http_requests_total / ignoring(code) http_requests_total");
        queries.put("many", "filler");
        watched = Inputs.watch(Inputs.queries(Map.of("prom-1", prometheus.url()), queries));
        await().until(() -> value(watched, "", "scalar").isPresent());
    }

    private static String filler(int series) {
        return IntStream.range(0, series)
                .mapToObj("filler{n=\"%d\"} 1\n"::formatted)
                .collect(Collectors.joining());
    }

    @AfterAll
    static void stop() {
        watched.close();
        prometheus.close();
        program.close();
    }

    @Test
    void aVectorIsASeriesForEachOfItsElementsUnderTheQuerysName() {
        assertThat(series(watched, ""))
                .filteredOn(one -> one.name().equals("by-type"))
                .containsExactlyInAnyOrder(
                        new Series("by-type", Map.of("job_type", "plan"), 42),
                        new Series("by-type", Map.of("job_type", "post"), 8));
        assertThat(watched.value("promql_query_series", "query", "by-type")).hasValue(2);
        assertThat(watched.value("promql_query_success", "query", "by-type")).hasValue(1);
        assertThat(watched.value("promql_query_duration_seconds", "query", "by-type")
                        .orElseThrow())
                .isPositive();
    }

    @Test
    void aMetricsNameIsNoLabel() {
        assertThat(series(watched, ""))
                .filteredOn(one -> one.name().equals("all"))
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.labels())
                        .containsKeys("instance", "job", "job_type", "code")
                        .doesNotContainKey("__name__"));
    }

    @Test
    void aScalarIsASeriesWithoutLabels() {
        assertThat(series(watched, "")).contains(new Series("scalar", Map.of(), 50));
    }

    @Test
    void whatIsNoNumberIsLeftOutAndWhatIsInfiniteIsNot() {
        assertThat(value(watched, "", "nan")).isEmpty();
        assertThat(watched.value("promql_query_success", "query", "nan")).hasValue(1);
        assertThat(watched.value("promql_query_series", "query", "nan")).hasValue(0);
        assertThat(value(watched, "", "some-nan")).hasValue(40);
        assertThat(value(watched, "", "infinite")).hasValue(Double.POSITIVE_INFINITY);
        assertThat(notes(watched, "prom-1"))
                .contains("query nan: 1 of its series left out: not a number")
                .contains("query some-nan: 2 of its series left out: not a number");
    }

    @Test
    void anEmptyResultIsAnAnswer() {
        assertThat(value(watched, "", "nothing")).isEmpty();
        assertThat(watched.value("promql_query_success", "query", "nothing")).hasValue(1);
        assertThat(watched.value("promql_query_series", "query", "nothing")).hasValue(0);
    }

    @Test
    void aQueryThatFailsIsMissingAndSaidAndTakesNothingFromOthers() {
        for (var failing : new String[] {"syntax", "matrix", "text", "ambiguous"}) {
            assertThat(value(watched, "", failing)).as(failing).isEmpty();
            assertThat(watched.value("promql_query_success", "query", failing)).hasValue(0);
            assertThat(watched.value("promql_query_series", "query", failing)).isEmpty();
        }
        assertThat(watched.value("promql_up")).hasValue(1);
        assertThat(notes(watched, "prom-1"))
                .anySatisfy(note -> assertThat(note)
                        .startsWith("query syntax failed, protocol: the server says bad_data: ")
                        .contains("parse error"))
                .anySatisfy(note -> assertThat(note)
                        .startsWith("query ambiguous failed, protocol: the server says execution: ")
                        .contains("found duplicate series"))
                .contains("query matrix failed, protocol: gives a matrix, not a vector or a scalar")
                .contains("query text failed, protocol: gives a string, not a vector or a scalar");
    }

    /** Some of them would be a sum that is too small. */
    @Test
    void ofMoreSeriesThanAllowedThereIsNone() {
        await().until(() -> notes(watched, "prom-1")
                .contains("query many failed, protocol: gives more than 100 series (maxSeries)"));
        assertThat(series(watched, "")).noneMatch(one -> one.name().equals("many"));
    }

    @Test
    void aServerWhoseOnlyQueryIsWrongIsUp() {
        try (var other = Inputs.watch(Inputs.queries(Map.of("prom-1", prometheus.url()), Map.of("wrong", "sum(")))) {
            await().until(() ->
                    other.value("promql_query_success", "query", "wrong").isPresent());
            assertThat(other.value("promql_up")).hasValue(1);
        }
    }

    @Test
    void onlyTheDerivedFactIsForSignals() {
        assertThat(series(watched, "prom-1")).isEmpty();
        assertThat(series(watched, "")).isNotEmpty();
    }

    @Test
    void theValueOfATargetThatDiedVanishes() {
        var dying = PageServer.start().serve(200, "text/plain", "rps 7\n");
        try (var server = PrometheusServer.scraping(dying.port()).start();
                var other = Inputs.watch(Inputs.queries(Map.of("prom-1", server.url()), Map.of("rps", "sum(rps)")))) {
            await().until(() -> value(other, "", "rps").equals(OptionalDouble.of(7)));
            dying.close();
            await().until(() -> value(other, "", "rps").isEmpty());
            assertThat(other.value("promql_up")).hasValue(1);
            assertThat(other.reason("prom-1", "queries")).isEmpty();
        } finally {
            dying.close();
        }
    }

    /** Prometheus does not mark such a series as gone, so without a lookback it would be there for five minutes. */
    @Test
    void aValueWithATimeOfItsOwnIsSeenNoLongerThanTheLookback() {
        var stuck = PageServer.start();
        var plan = PrometheusServer.scraping(stuck.port());
        boolean told = prometheus.knowsLookback();
        try (stuck;
                var server = (told ? plan : plan.lookback(Duration.ofSeconds(4))).start();
                var other = Inputs.watch(Inputs.queries(
                        Map.of("prom-1", server.url()), Map.of("rps", "sum(rps)", "scrapes", "sum(up == 1)")))) {
            stuck.serve(200, "text/plain", "");
            await().until(() -> value(other, "", "scrapes").isPresent());
            stuck.serve(200, "text/plain", "rps 7 " + System.currentTimeMillis() + "\n");
            await().until(() -> value(other, "", "rps").isPresent());
            await().until(() -> value(other, "", "rps").isEmpty());
            assertThat(value(other, "", "scrapes"))
                    .as("it is scraped as before")
                    .hasValue(1);
        }
    }

    @Test
    void aServerThatHangsIsDownAndItsAnswersAreGone() {
        try (var server = PrometheusServer.scraping().start();
                var other = Inputs.watch(Inputs.queries(Map.of("prom-1", server.url()), Map.of("one", "vector(1)")))) {
            await().until(() -> value(other, "", "one").isPresent());
            server.pause();
            await().until(() -> other.reason("prom-1", "queries").equals(Optional.of(Reason.TIMEOUT)));
            assertThat(other.value("promql_up")).hasValue(0);
            await().until(() -> value(other, "", "one").isEmpty());
            server.resume();
            await().until(() -> value(other, "", "one").isPresent());
        }
    }
}
