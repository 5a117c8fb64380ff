// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the nodes of one component of one cluster say together. Computed anew with every snapshot that carries a fact,
 * or lacks one that the snapshot before carried; its result is a snapshot as any other.
 */
final class ClusterView {

    /** The name of the collector under which derived snapshots stand. */
    static final String COLLECTOR = "cluster";

    private final SnapshotStore store;
    private final Derivation derivation;
    private final List<Slot> nodes;
    private final Slot derived;
    private final SeriesPrefixes prefixes;

    ClusterView(SnapshotStore store, Derivation derivation, List<Slot> nodes, Slot derived) {
        this.store = store;
        this.derivation = derivation;
        this.nodes = List.copyOf(nodes);
        this.derived = derived;
        this.prefixes = new SeriesPrefixes(derived.target());
    }

    Slot slot() {
        return derived;
    }

    /** Publishes a node's snapshot, and what follows from it. */
    void publish(Slot slot, Snapshot snapshot) {
        store.publish(slot, snapshot);
        if (snapshot.fact().isPresent()
                || slot.lastGood().flatMap(Snapshot::fact).isPresent()
                || !snapshot.succeeded()) {
            derive();
        }
    }

    private synchronized void derive() {
        long now = System.nanoTime();
        var samples = new Samples(derived.target(), prefixes, derived.schedule().maxSeries());
        store.publish(derived, derive(now, samples));
    }

    private Snapshot derive(long now, Samples samples) {
        try {
            derivation.derive(current(now), now, samples);
            return Snapshot.collected(derived.target(), COLLECTOR, now, samples);
        } catch (RuntimeException e) {
            return Snapshot.failed(derived.target(), COLLECTOR, now, Reason.BUG, e.toString());
        }
    }

    private List<Snapshot> current(long now) {
        return nodes.stream()
                .map(slot -> slot.current(now))
                .flatMap(snapshot -> Stream.ofNullable(snapshot))
                .filter(Objects::nonNull)
                .toList();
    }
}
