// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.CollectionException;
import io.highwater.core.ForeignSeries.Series;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the client library of Prometheus writes is read as it was meant, and anything else never but as refused. */
class WrittenPagesTest {

    private static final long NOW = 1_750_000_000_000L;

    private static final List<String> NAMES = List.of("llm_latency", "queue:depth", "A", "_x9");

    record Metric(String name, List<Point> points) {}

    record Point(Map<String, String> labels, double value) {}

    private static List<Series> read(byte[] page, PageFormat format) throws CollectionException {
        var kept = new KeptSeries(List.of("*"), 1000, NOW);
        new PageReader(page, format, kept).read();
        return kept.series();
    }

    @Provide
    Arbitrary<List<Metric>> metrics() {
        var labels = Arbitraries.maps(
                        Arbitraries.of("b", "c_1", "le", "_"),
                        Arbitraries.strings().ofMaxLength(6).excludeChars('\ud800'))
                .ofMaxSize(3);
        var value = Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.integers().map(Integer::doubleValue),
                Arbitraries.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, -0.0));
        var point = Combinators.combine(labels, value).as(Point::new);
        var points = point.list().ofMinSize(1).ofMaxSize(5).uniqueElements(Point::labels);
        return Combinators.combine(Arbitraries.of(NAMES), points)
                .as(Metric::new)
                .list()
                .ofMaxSize(4)
                .uniqueElements(Metric::name);
    }

    private static MetricSnapshots gauges(List<Metric> metrics) {
        var all = MetricSnapshots.builder();
        for (var metric : metrics) {
            var gauge = GaugeSnapshot.builder().name(metric.name).help("Says \\ and \" and\nmore.");
            for (var point : metric.points) {
                gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels(point.labels))
                        .value(point.value)
                        .exemplar(Exemplar.builder().value(1).traceId("a # b\"").build())
                        .scrapeTimestampMillis(NOW - 1)
                        .build());
            }
            all.metricSnapshot(gauge.build());
        }
        return all.build();
    }

    private static Labels labels(Map<String, String> of) {
        var labels = Labels.builder();
        of.forEach(labels::label);
        return labels.build();
    }

    private static byte[] written(ExpositionFormatWriter writer, MetricSnapshots snapshots) {
        var page = new ByteArrayOutputStream();
        try {
            writer.write(page, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return page.toByteArray();
    }

    private static Set<Series> expected(List<Metric> metrics) {
        var series = new HashSet<Series>();
        for (var metric : metrics) {
            for (var point : metric.points) {
                if (!Double.isNaN(point.value)) {
                    series.add(new Series(metric.name, point.labels, point.value));
                }
            }
        }
        return series;
    }

    @Property(tries = 300)
    void theOlderFormatIsReadAsItWasWritten(@ForAll("metrics") List<Metric> metrics) throws CollectionException {
        var page = written(PrometheusTextFormatWriter.builder().build(), gauges(metrics));
        assertThat(Set.copyOf(read(page, PageFormat.TEXT))).isEqualTo(expected(metrics));
    }

    @Property(tries = 300)
    void openMetricsIsReadAsItWasWritten(@ForAll("metrics") List<Metric> metrics) throws CollectionException {
        var writer = OpenMetricsTextFormatWriter.builder()
                .setExemplarsOnAllMetricTypesEnabled(true)
                .build();
        assertThat(Set.copyOf(read(written(writer, gauges(metrics)), PageFormat.OPENMETRICS)))
                .isEqualTo(expected(metrics));
    }

    /** But for an end that is a line's end, from which nothing can tell in the older format. */
    @Property(tries = 300)
    void aPageThatIsCutOffIsRefusedOrLacksWholeLines(
            @ForAll("metrics") List<Metric> metrics, @ForAll("share") double share) {
        var page = written(OpenMetricsTextFormatWriter.builder().build(), gauges(metrics));
        var half = Arrays.copyOf(page, (int) ((page.length - 2) * share));
        assertRefused(half, PageFormat.OPENMETRICS);
        var older = written(PrometheusTextFormatWriter.builder().build(), gauges(metrics));
        var part = Arrays.copyOf(older, (int) (older.length * share));
        if (part.length > 0 && part[part.length - 1] != '\n') {
            assertRefused(part, PageFormat.TEXT);
        }
    }

    @Provide
    Arbitrary<Double> share() {
        return Arbitraries.doubles().between(0, 1);
    }

    /** Whatever it is, it is read or refused. */
    @Property(tries = 2000)
    void noPageBreaksTheReader(@ForAll("pieces") List<String> pieces, @ForAll PageFormat format) {
        var page = String.join("", pieces).getBytes(StandardCharsets.UTF_8);
        try {
            assertThat(read(page, format))
                    .allSatisfy(one -> assertThat(one.value()).isNotNaN());
        } catch (CollectionException e) {
            assertThat(e).hasMessageMatching("line \\d+ of the page: (?s:.+)");
        }
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                "a", "1", " ", "\n", "\r\n", "{", "}", "\"", "\\", "=", ",", "#", "# EOF", "# TYPE ",
                                "gauge", "b=\"c\"", "NaN", "+Inf", "1e9", "\t", "\u00fc", "\u0000"),
                        Arbitraries.strings().ofMaxLength(3))
                .list()
                .ofMaxSize(30);
    }

    private static void assertRefused(byte[] page, PageFormat format) {
        assertThatThrownBy(() -> read(page, format))
                .as(new String(page, StandardCharsets.UTF_8))
                .isInstanceOf(CollectionException.class);
    }

    /** A counter has a name of its own in each format. */
    @Property(tries = 20)
    void aCounterIsATotalInBoth(@ForAll("share") double value) throws CollectionException {
        var counter = CounterSnapshot.builder()
                .name("requests")
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
        var snapshots = MetricSnapshots.of(counter);
        var total = new Series("requests_total", Map.of(), value);
        assertThat(read(written(PrometheusTextFormatWriter.builder().build(), snapshots), PageFormat.TEXT))
                .containsExactly(total);
        assertThat(read(written(OpenMetricsTextFormatWriter.builder().build(), snapshots), PageFormat.OPENMETRICS))
                .containsExactly(total);
    }
}
