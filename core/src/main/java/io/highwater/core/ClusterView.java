// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;

/**
 * What the nodes of one component of one cluster say together. Computed anew with every pulse of any of them, and with
 * every other snapshot that has something to say to it; its result is a snapshot as any other.
 */
final class ClusterView {

    /** The name of the collector under which derived snapshots stand. */
    static final String COLLECTOR = "cluster";

    private final SnapshotStore store;
    private final CollectionObserver observer;
    private final Derivation derivation;
    private final List<Slot> nodes;
    private final String pulse;
    private final Slot derived;
    private final SeriesPrefixes prefixes;

    ClusterView(
            SnapshotStore store,
            CollectionObserver observer,
            Derivation derivation,
            List<Slot> nodes,
            String pulse,
            Slot derived) {
        this.store = store;
        this.observer = observer;
        this.derivation = derivation;
        this.nodes = List.copyOf(nodes);
        this.pulse = pulse;
        this.derived = derived;
        this.prefixes = new SeriesPrefixes(derived.target());
    }

    Slot slot() {
        return derived;
    }

    /** Publishes a node's snapshot, and what follows from it. */
    void publish(Slot slot, Snapshot snapshot) {
        var before = slot.latest();
        store.publish(slot, snapshot);
        if (slot.collector().equals(pulse)
                || tells(snapshot)
                || before.filter(ClusterView::tells).isPresent()) {
            derive();
        }
    }

    /** Whether it matters to other nodes; most collections only matter to their own, and nothing follows from them. */
    private static boolean tells(Snapshot snapshot) {
        return snapshot.fact().isPresent() || !snapshot.succeeded();
    }

    private synchronized void derive() {
        long now = System.nanoTime();
        var samples = new Samples(derived.target(), prefixes, derived.schedule().maxSeries());
        var snapshot = derive(now, samples);
        observer.collected(derived, snapshot);
        store.publish(derived, snapshot);
    }

    private Snapshot derive(long now, Samples samples) {
        try {
            derivation.derive(newest(now), now, samples);
            return Snapshot.collected(derived.target(), COLLECTOR, now, samples);
        } catch (RuntimeException | Error e) {
            return Snapshot.failed(derived.target(), COLLECTOR, now, Reason.BUG, e.toString());
        }
    }

    /** A failure stays, since its node is known not to answer; an old success tells nothing any more. */
    private List<Snapshot> newest(long now) {
        return nodes.stream()
                .flatMap(slot ->
                        slot.latest().filter(snapshot -> !snapshot.succeeded() || slot.isFresh(snapshot, now)).stream())
                .toList();
    }
}
