// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import io.highwater.bench.SocketLikeStream;
import io.highwater.bench.Workload;
import io.highwater.bench.Workload.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
 * What a scrape costs when nothing, one collector in thirty, or everything was collected since the one before; the cost
 * of the collections themselves, but for the backend's part, is included.
 *
 * <p>In core's package, since only core publishes snapshots.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx1g", "-Xms1g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExpositionBenchmark {

    private static final Schedule HOURLY = Schedule.of(Duration.ofHours(1), Duration.ofSeconds(1));

    /** One collector of one node at its place in the store. */
    private record Source(Part part, Slot slot, SeriesPrefixes prefixes, Map<String, Family> families) {

        static Source of(Part part) {
            var target = new Target(Workload.CLUSTER, "bench", part.node(), Map.of());
            var slot = new Slot(target, part.collector(), HOURLY);
            return new Source(part, slot, new SeriesPrefixes(target), new HashMap<>());
        }

        Snapshot collect(long tick) {
            long started = System.nanoTime();
            var samples = new Samples(slot.target(), prefixes, HOURLY.maxSeries());
            for (int i = 0; i < part.series(); i++) {
                samples.add(family(Part.family(i)), part.value(i, tick), Part.relname(i));
            }
            return Snapshot.collected(slot.target(), slot.collector(), started, samples);
        }

        private Family family(String name) {
            return families.computeIfAbsent(
                    name,
                    _ -> Family.gauge(part.collector() + "_" + name, "A made-up number.")
                            .by("relname"));
        }
    }

    @Param({"1000", "10000", "100000"})
    private int series;

    @Param({"false", "true"})
    private boolean gzip;

    private final SnapshotStore store = new SnapshotStore();
    private final Exposition exposition = new Exposition(store, (_, _) -> new byte[0]);
    private final SocketLikeStream socket = new SocketLikeStream();
    private final List<Source> sources = new ArrayList<>();
    private int next;
    private long tick;

    @Setup
    public void collectAll() {
        Workload.of(series).parts().forEach(part -> sources.add(Source.of(part)));
        store.add(sources.stream().map(Source::slot).toList(), List.of());
        sources.forEach(this::publish);
    }

    @Benchmark
    public long nothingChanged() {
        return scrape();
    }

    @Benchmark
    public long oneInThirtyChanged() {
        publish(sources.get(next));
        next = (next + 1) % sources.size();
        return scrape();
    }

    @Benchmark
    public long everythingChanged() {
        sources.forEach(this::publish);
        return scrape();
    }

    private void publish(Source source) {
        store.publish(source.slot, source.collect(tick++));
    }

    private long scrape() {
        for (var part : exposition.render(TextFormat.PROMETHEUS, Set.of(), gzip).parts()) {
            socket.write(part, 0, part.length);
        }
        return socket.written();
    }
}
