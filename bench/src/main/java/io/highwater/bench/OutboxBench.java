// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import io.highwater.core.CollectionObserver;
import io.highwater.core.ComponentPlan;
import io.highwater.core.Exposition;
import io.highwater.core.Fleet;
import io.highwater.core.Outcome;
import io.highwater.core.Schedule;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.TextFormat;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.PostgresServers;
import io.highwater.exporters.client.postgres.SslMode;
import io.highwater.exporters.outbox.OutboxExporter;
import io.highwater.exporters.outbox.OutboxSettings;
import io.highwater.exporters.outbox.OutboxTable;
import io.highwater.lab.Outbox;
import io.highwater.lab.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes to collect from an outbox with a million processed rows on a real server, with the index that
 * docs/backends/outbox.md asks for and without. Prints a table in Markdown.
 */
final class OutboxBench {

    private static final int HISTORY = 1_000_000;
    private static final int WARM_UP = 5;
    private static final int COLLECTIONS = 30;
    private static final int READINGS = 5;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private OutboxBench() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.printf("| %,d rows processed before; pending | index | median, ms | at most, ms | of |%n", HISTORY);
        System.out.println("|--:|---|--:|--:|---|");
        try (var server =
                PostgresServer.of(18).setting("shared_buffers", "256MB").start()) {
            var outbox = Outbox.create(server, "events").withHistory(HISTORY);
            int pending = 0;
            for (int step : new int[] {0, 100, 900, 9000}) {
                if (step > 0) {
                    outbox.write("team-1", step);
                }
                pending += step;
                server.execute("CREATE INDEX pending_idx ON events (created_at) WHERE processed_at IS NULL");
                row(pending, "partial", collections(server), "collections");
                server.execute("DROP INDEX pending_idx");
                row(pending, "none", readings(server), "readings, apart");
            }
        }
    }

    private static void row(int pending, String index, List<Double> millis, String of) {
        var sorted = millis.stream().sorted().toList();
        System.out.printf(
                "| %,d | %s | %.1f | %.1f | %d %s |%n",
                pending, index, sorted.get(sorted.size() / 2), sorted.getLast(), sorted.size(), of);
    }

    /** Whole collections of the pulse: the role of the server, and the outbox. */
    private static List<Double> collections(PostgresServer server) throws InterruptedException {
        var store = new SnapshotStore();
        var snapshots = new LinkedBlockingQueue<Snapshot>();
        var millis = new ArrayList<Double>();
        try (var _ = watch(server, store, "state", snapshots)) {
            for (int i = 0; i < WARM_UP + COLLECTIONS; i++) {
                var snapshot = next(snapshots);
                if (i >= WARM_UP) {
                    millis.add(snapshot.took().toNanos() / 1e6);
                }
            }
            double readAgo = System.currentTimeMillis() / 1e3
                    - value(store, "outbox_read_timestamp_seconds").orElse(0);
            if (readAgo > INTERVAL.toSeconds() * 3) {
                throw new IllegalStateException("a reading took so long that the outbox was read apart; measure again");
            }
        }
        return millis;
    }

    /** Of a table that is read apart, the first reading of so many agents: the next would be long after. */
    private static List<Double> readings(PostgresServer server) throws InterruptedException {
        var millis = new ArrayList<Double>();
        while (millis.size() < READINGS) {
            var store = new SnapshotStore();
            var snapshots = new LinkedBlockingQueue<Snapshot>();
            try (var _ = watch(server, store, "apart", snapshots)) {
                var seconds = OptionalDouble.empty();
                while (seconds.isEmpty()) {
                    next(snapshots);
                    seconds = value(store, "outbox_read_duration_seconds");
                }
                millis.add(seconds.getAsDouble() * 1e3);
            }
        }
        return millis;
    }

    private static OptionalDouble value(SnapshotStore store, String family) {
        var exposition = new Exposition(store, (_, _) -> new byte[0]);
        return exposition
                .render(TextFormat.PROMETHEUS, Set.of(), false)
                .toString()
                .lines()
                .filter(line -> line.startsWith(family + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst();
    }

    private static Snapshot next(BlockingQueue<Snapshot> snapshots) throws InterruptedException {
        var snapshot = snapshots.poll(60, TimeUnit.SECONDS);
        if (snapshot == null || snapshot.outcome() instanceof Outcome.Failed) {
            throw new IllegalStateException("no collection: " + snapshot);
        }
        return snapshot;
    }

    private static Fleet watch(
            PostgresServer server, SnapshotStore store, String collector, BlockingQueue<Snapshot> collected) {
        var fleet = new Fleet(store, new CollectionObserver() {
            @Override
            public void collected(Slot slot, Snapshot snapshot) {
                if (slot.collector().equals(collector)) {
                    collected.add(snapshot);
                }
            }

            @Override
            public void skipped(Slot slot, Skip why) {}
        });
        var exporter = new OutboxExporter();
        var schedules = new LinkedHashMap<String, Schedule>();
        for (var spec : exporter.collectors()) {
            schedules.put(spec.name(), Schedule.of(INTERVAL, spec.schedule().timeout()));
        }
        fleet.apply(List.of(
                new ComponentPlan<>("bench", Optional.empty(), Map.of(), exporter, settings(server), schedules)));
        return fleet;
    }

    private static OutboxSettings settings(PostgresServer server) {
        var node = new PostgresNode("127.0.0.1:" + server.port(), PostgresNode.Replication.PHYSICAL);
        var servers = new PostgresServers(
                Map.of(server.name(), node),
                "postgres",
                Optional.empty(),
                "postgres",
                SslMode.DISABLE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var table = new OutboxTable(
                "events",
                "created_at",
                Optional.of("processed_at"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("attempts"),
                Optional.of("not_before"),
                Optional.of("team"),
                Optional.of("attempts >= 3"),
                Optional.empty(),
                "UTC",
                10_000,
                10,
                Optional.empty());
        return new OutboxSettings(servers, Optional.empty(), Map.of("events", table), Map.of());
    }
}
