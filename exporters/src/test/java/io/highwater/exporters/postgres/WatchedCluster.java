// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.CollectionObserver;
import io.highwater.core.ComponentPlan;
import io.highwater.core.Exposition;
import io.highwater.core.Fleet;
import io.highwater.core.Outcome;
import io.highwater.core.Schedule;
import io.highwater.core.Secret;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.TextFormat;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The exporter at work on real servers, and the page that it gives. */
final class WatchedCluster implements AutoCloseable {

    static final String USER = "highwater";
    static final String PASSWORD = "correct horse";

    private final SnapshotStore store = new SnapshotStore();
    private final Exposition exposition = new Exposition(store, (_, _) -> new byte[0]);
    private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> skips = new ConcurrentHashMap<>();
    private final Fleet fleet = new Fleet(store, new CollectionObserver() {
        @Override
        public void collected(Slot slot, Snapshot snapshot) {
            runs.computeIfAbsent(key(slot), _ -> new AtomicInteger()).incrementAndGet();
        }

        @Override
        public void skipped(Slot slot, Skip why) {
            skips.computeIfAbsent(key(slot), _ -> new AtomicInteger()).incrementAndGet();
        }
    });

    private static String key(Slot slot) {
        return slot.target().node() + "/" + slot.collector();
    }

    /** All servers of a cluster, every collector at a second's interval. */
    static WatchedCluster of(PostgresCluster cluster) {
        return of(cluster.nodes().toArray(PostgresServer[]::new));
    }

    static WatchedCluster of(PostgresServer... servers) {
        var nodes = new LinkedHashMap<String, PostgresSettings.Node>();
        for (var server : servers) {
            nodes.put(server.name(), physical("127.0.0.1:" + server.port()));
        }
        return watch(settings(nodes));
    }

    static WatchedCluster watch(PostgresSettings settings) {
        return watch(settings, Duration.ofSeconds(1));
    }

    static WatchedCluster watch(PostgresSettings settings, Duration interval) {
        var watched = new WatchedCluster();
        var exporter = new PostgresExporter();
        var schedules = new LinkedHashMap<String, Schedule>();
        for (var spec : exporter.collectors()) {
            var timeout = spec.schedule().timeout();
            schedules.put(spec.name(), Schedule.of(interval, timeout));
        }
        watched.fleet.apply(
                List.of(new ComponentPlan<>("orders-db", Optional.empty(), Map.of(), exporter, settings, schedules)));
        return watched;
    }

    static PostgresSettings.Node physical(String address) {
        return new PostgresSettings.Node(address, PostgresSettings.Replication.PHYSICAL);
    }

    static PostgresSettings settings(Map<String, PostgresSettings.Node> nodes) {
        return settings(nodes, USER, PASSWORD, Optional.empty());
    }

    static PostgresSettings settings(
            Map<String, PostgresSettings.Node> nodes,
            String user,
            String password,
            Optional<PostgresSettings.Heartbeat> heartbeat) {
        return new PostgresSettings(
                nodes,
                user,
                Optional.of(new Secret("test", () -> password)),
                "postgres",
                PostgresSettings.SslMode.PREFER,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                heartbeat,
                Duration.ofMillis(200),
                3,
                5);
    }

    SnapshotStore store() {
        return store;
    }

    String page() {
        return exposition.render(TextFormat.PROMETHEUS, Set.of(), false).toString();
    }

    /** The value of the one series with that name and those labels; empty when there is none. */
    OptionalDouble value(String family, String... labels) {
        var matches = page().lines()
                .filter(line -> line.startsWith(family + "{"))
                .filter(line -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        if (!line.contains(labels[i] + "=\"" + labels[i + 1] + "\"")) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
        if (matches.size() > 1) {
            throw new AssertionError("more than one series: " + matches);
        }
        return matches.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(matches.getFirst()
                        .substring(matches.getFirst().lastIndexOf(' ') + 1)
                        .replace("+Inf", "Infinity")));
    }

    /** How the newest collection ended. */
    Optional<Outcome> outcome(String node, String collector) {
        return store.slots().stream()
                .filter(slot ->
                        slot.target().node().equals(node) && slot.collector().equals(collector))
                .findFirst()
                .flatMap(Slot::latest)
                .map(Snapshot::outcome);
    }

    int runs(String node, String collector) {
        return runs.getOrDefault(node + "/" + collector, new AtomicInteger()).get();
    }

    int skips(String node, String collector) {
        return skips.getOrDefault(node + "/" + collector, new AtomicInteger()).get();
    }

    Fleet fleet() {
        return fleet;
    }

    @Override
    public void close() {
        fleet.close();
    }
}
