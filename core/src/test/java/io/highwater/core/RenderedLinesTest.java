// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Our lines against those of the Prometheus project's own writers, for the same samples. */
class RenderedLinesTest {

    private static final String CLUSTER = "orders";
    private static final String NODE = "pg-1";

    /** One series of a family with the labels {@code a} and {@code b}. */
    record Series(String a, String b, double value) {}

    record Line(String name, Map<String, String> labels, double value) {}

    @Property(tries = 300)
    void prometheusTextIsWhatTheReferenceWrites(@ForAll Family.Kind kind, @ForAll("series") List<Series> series)
            throws IOException {
        compare(TextFormat.PROMETHEUS, PrometheusTextFormatWriter.create(), kind, series);
    }

    @Property(tries = 300)
    void openMetricsTextIsWhatTheReferenceWrites(@ForAll Family.Kind kind, @ForAll("series") List<Series> series)
            throws IOException {
        compare(TextFormat.OPENMETRICS, OpenMetricsTextFormatWriter.create(), kind, series);
    }

    private static void compare(
            TextFormat format, ExpositionFormatWriter reference, Family.Kind kind, List<Series> series)
            throws IOException {
        var out = new ByteArrayOutputStream();
        reference.write(out, MetricSnapshots.of(theirs(kind, series)), EscapingScheme.ALLOW_UTF8);
        var theirs = out.toString(StandardCharsets.UTF_8);
        var ours = ours(format, kind, series);

        assertThat(comments(ours)).containsExactlyInAnyOrderElementsOf(comments(theirs));
        assertThat(lines(ours)).containsExactlyInAnyOrderElementsOf(lines(theirs));
    }

    private static String ours(TextFormat format, Family.Kind kind, List<Series> series) {
        var target = new Target(CLUSTER, "postgres", NODE, Map.of());
        var family =
                switch (kind) {
                    case GAUGE -> Family.gauge("some_number", "What \\ it is.");
                    case COUNTER -> Family.counter("some_number_total", "What \\ it is.");
                    case INFO -> Family.info("some_number_info", "What \\ it is.");
                    case HISTOGRAM -> Family.histogram("some_number", "What \\ it is.", BOUNDS);
                };
        var samples = Samples.of(target);
        series.forEach(of -> {
            if (kind == Family.Kind.HISTOGRAM) {
                samples.add(family.by("a", "b"), observed(of), of.a, of.b);
            } else {
                samples.add(family.by("a", "b"), value(kind, of), of.a, of.b);
            }
        });
        var snapshot = Snapshot.collected(target, "collector", System.nanoTime(), samples);
        return Exposition.render(List.of(snapshot), format, () -> new byte[0]).toString();
    }

    private static MetricSnapshot theirs(Family.Kind kind, List<Series> series) {
        return switch (kind) {
            case GAUGE -> {
                var of = GaugeSnapshot.builder().name("some_number").help("What \\ it is.");
                series.forEach(one -> of.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels(one))
                        .value(value(kind, one))
                        .build()));
                yield of.build();
            }
            case COUNTER -> {
                var of = CounterSnapshot.builder().name("some_number").help("What \\ it is.");
                series.forEach(one -> of.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(labels(one))
                        .value(value(kind, one))
                        .build()));
                yield of.build();
            }
            case INFO -> {
                var of = InfoSnapshot.builder().name("some_number").help("What \\ it is.");
                series.forEach(one -> of.dataPoint(
                        InfoDataPointSnapshot.builder().labels(labels(one)).build()));
                yield of.build();
            }
            case HISTOGRAM -> {
                var of = HistogramSnapshot.builder().name("some_number").help("What \\ it is.");
                series.forEach(one -> of.dataPoint(HistogramDataPointSnapshot.builder()
                        .labels(labels(one))
                        .classicHistogramBuckets(buckets(one))
                        .sum(observed(one).sum())
                        .build()));
                yield of.build();
            }
        };
    }

    private static final double[] BOUNDS = {0, 0.005, 1, 2.5, 1e7};

    /** Some values around that of the series. */
    private static Histogram observed(Series series) {
        var histogram = new Histogram(Family.histogram("some_number", "What \\ it is.", BOUNDS));
        values(series).forEach(histogram::observe);
        return histogram;
    }

    private static List<Double> values(Series series) {
        double value = Double.isFinite(series.value) ? Math.abs(series.value) : 1;
        return List.of(value, value / 1e12, 0.005, 1.0, 1e7);
    }

    private static ClassicHistogramBuckets buckets(Series series) {
        var buckets = ClassicHistogramBuckets.builder();
        double below = Double.NEGATIVE_INFINITY;
        for (double bound : DoubleStream.concat(DoubleStream.of(BOUNDS), DoubleStream.of(Double.POSITIVE_INFINITY))
                .toArray()) {
            double above = below;
            buckets.bucket(
                    bound,
                    values(series).stream()
                            .filter(value -> value > above && value <= bound)
                            .count());
            below = bound;
        }
        return buckets.build();
    }

    private static Labels labels(Series series) {
        return Labels.of("cluster", CLUSTER, "node", NODE, "a", series.a, "b", series.b);
    }

    private static double value(Family.Kind kind, Series series) {
        return switch (kind) {
            case GAUGE -> series.value;
            case COUNTER -> Math.abs(series.value);
            case INFO, HISTOGRAM -> 1;
        };
    }

    private static List<String> comments(String text) {
        return Stream.of(text.split("\n", -1))
                .filter(line -> line.startsWith("#"))
                .toList();
    }

    private static final Pattern LINE = Pattern.compile("([a-z_]+)\\{(.*)} (\\S+)", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?", Pattern.DOTALL);

    /** Label values as they are escaped, values as numbers; an empty value is no label, as to Prometheus. */
    private static List<Line> lines(String text) {
        var lines = new ArrayList<Line>();
        for (var line : text.split("\n", -1)) {
            if (line.startsWith("#") || line.isEmpty()) {
                continue;
            }
            var parts = LINE.matcher(line);
            assertThat(parts.matches()).as(line).isTrue();
            var labels = new TreeMap<String, String>();
            var label = LABEL.matcher(parts.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            labels.values().removeIf(String::isEmpty);
            lines.add(new Line(parts.group(1), labels, number(parts.group(3))));
        }
        return lines;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text) + 0.0; // -0.0 and 0 are one number
        };
    }

    @Provide
    Arbitrary<List<Series>> series() {
        var label = Arbitraries.strings().withChars("ab\"\\\n\t {}=,#é\u4e16\r").ofMaxLength(8);
        var value = Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.longs().map(Long::doubleValue),
                Arbitraries.of(Double.POSITIVE_INFINITY, 0.0, -0.0, 0x1p53, 0x1p53 - 1));
        return Combinators.combine(label, label, value)
                .as(Series::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .uniqueElements(one -> List.of(one.a, one.b));
    }
}
