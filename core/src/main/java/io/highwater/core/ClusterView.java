// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * What the nodes of one component of one cluster say together. Computed anew with every pulse of any of them, and with
 * every other snapshot that has something to say to it; its result is a snapshot as any other.
 */
final class ClusterView {

    /** The name of the collector under which derived snapshots stand. */
    static final String COLLECTOR = "cluster";

    private final SnapshotStore store;
    private final CollectionObserver observer;
    private final List<Part> parts = new ArrayList<>();
    private final List<Slot> nodes;
    private final String pulse;
    private final long paceNanos;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile long derivedNanos;

    private record Part(Derivation derivation, Slot slot, SeriesPrefixes prefixes) {
        Part(Derivation derivation, Slot slot) {
            this(derivation, slot, new SeriesPrefixes(slot.target()));
        }
    }

    ClusterView(
            SnapshotStore store,
            CollectionObserver observer,
            Derivation derivation,
            List<Slot> nodes,
            String pulse,
            Slot derived) {
        this.store = store;
        this.observer = observer;
        this.nodes = List.copyOf(nodes);
        this.pulse = pulse;
        this.paceNanos = derivation.pace().toNanos();
        this.derivedNanos = System.nanoTime() - paceNanos;
        parts.add(new Part(derivation, derived));
        derivation
                .more()
                .forEach((name, more) ->
                        parts.add(new Part(more, new Slot(derived.target(), name, derived.schedule()))));
    }

    List<Slot> slots() {
        return parts.stream().map(Part::slot).toList();
    }

    /** Publishes a node's snapshot, and what follows from it. */
    void publish(Slot slot, Snapshot snapshot) {
        var before = slot.latest();
        store.publish(slot, snapshot);
        if (slot.collector().equals(pulse)
                || tells(snapshot)
                || before.filter(ClusterView::tells).isPresent()) {
            deriveInTime();
        }
    }

    /** At once, or when the pace allows it, with all that was published until then. */
    private void deriveInTime() {
        if (paceNanos == 0) {
            derive();
        } else if (waiting.compareAndSet(false, true)) {
            long wait = derivedNanos + paceNanos - System.nanoTime();
            if (wait <= 0) {
                deriveNow();
            } else {
                Thread.ofVirtual().name("derive").start(() -> {
                    LockSupport.parkNanos(wait);
                    deriveNow();
                });
            }
        }
    }

    private void deriveNow() {
        derivedNanos = System.nanoTime();
        waiting.set(false); // before it looks, lest what is published meanwhile is not seen
        derive();
    }

    /** Whether it matters to other nodes; most collections only matter to their own, and nothing follows from them. */
    private static boolean tells(Snapshot snapshot) {
        return snapshot.fact().isPresent() || !snapshot.succeeded();
    }

    private synchronized void derive() {
        var snapshots = newest(System.nanoTime());
        for (var part : parts) {
            var snapshot = derive(part, snapshots);
            observer.collected(part.slot, snapshot);
            store.publish(part.slot, snapshot);
        }
    }

    private static Snapshot derive(Part part, List<Snapshot> snapshots) {
        long now = System.nanoTime();
        var target = part.slot.target();
        var collector = part.slot.collector();
        try {
            var samples =
                    new Samples(target, part.prefixes, part.slot.schedule().maxSeries());
            part.derivation.derive(snapshots, now, samples);
            var before = part.slot.lastGood().filter(_ -> samples.isUnchanged());
            return before.map(same -> same.again(now))
                    .orElseGet(() -> Snapshot.collected(target, collector, now, samples));
        } catch (RuntimeException | Error e) {
            return Snapshot.failed(target, collector, now, Reason.BUG, e.toString());
        }
    }

    /** A failure stays, since its node is known not to answer; an old success tells nothing any more. */
    private List<Snapshot> newest(long now) {
        return nodes.stream()
                .flatMap(slot ->
                        slot.latest().filter(snapshot -> !snapshot.stands() || slot.isFresh(snapshot, now)).stream())
                .toList();
    }
}
