// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import io.highwater.bench.Workload.Part;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same page from the Prometheus library, which builds and writes it anew for each scrape; compressed as its own
 * HTTP server does it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx1g", "-Xms1g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LibraryBenchmark {

    @Param({"1000", "10000", "100000"})
    private int series;

    @Param({"false", "true"})
    private boolean gzip;

    private final PrometheusTextFormatWriter writer =
            PrometheusTextFormatWriter.builder().build();
    private final SocketLikeStream socket = new SocketLikeStream();
    private Workload workload = Workload.of(0);
    private MetricSnapshots built = new MetricSnapshots();
    private long tick;

    @Setup
    public void build() {
        workload = Workload.of(series);
        built = snapshots();
    }

    @Benchmark
    public long write() throws IOException {
        return write(built);
    }

    @Benchmark
    public long buildAndWrite() throws IOException {
        return write(snapshots());
    }

    private long write(MetricSnapshots snapshots) throws IOException {
        if (gzip) {
            try (OutputStream compressed = new GZIPOutputStream(socket)) {
                writer.write(compressed, snapshots, EscapingScheme.ALLOW_UTF8);
            }
        } else {
            writer.write(socket, snapshots, EscapingScheme.ALLOW_UTF8);
        }
        return socket.written();
    }

    private MetricSnapshots snapshots() {
        tick++;
        var families = new TreeMap<String, GaugeSnapshot.Builder>();
        for (var part : workload.parts()) {
            for (int i = 0; i < part.series(); i++) {
                var name = part.collector() + "_" + Part.family(i);
                families.computeIfAbsent(
                                name, _ -> GaugeSnapshot.builder().name(name).help("A made-up number."))
                        .dataPoint(point(part, i));
            }
        }
        var all = MetricSnapshots.builder();
        families.values().forEach(family -> all.metricSnapshot(family.build()));
        return all.build();
    }

    private GaugeDataPointSnapshot point(Part part, int i) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("cluster", Workload.CLUSTER, "node", part.node(), "relname", Part.relname(i)))
                .value(part.value(i, tick))
                .build();
    }
}
