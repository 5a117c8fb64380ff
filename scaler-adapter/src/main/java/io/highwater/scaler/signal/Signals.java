// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import io.highwater.core.CollectionObserver;
import io.highwater.core.ForeignSeries;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All signals, fed by the collections themselves: what a reader sees is as new as the newest of them. */
public final class Signals implements CollectionObserver {

    private final Origins origins;
    private final SnapshotStore store;
    private final Roles roles = new Roles();
    private final Consumer<Set<Signal>> listener;
    private volatile Dispatch dispatch = new Dispatch(List.of());
    private volatile Map<String, Signal> byName = Map.of();

    /** @param listener is told, on a collection's thread, which signals were given new samples; must not block */
    public Signals(Origins origins, SnapshotStore store, Consumer<Set<Signal>> listener) {
        this.origins = origins;
        this.store = store;
        this.listener = listener;
    }

    /** Has just these; those that are as before go on with what they know, others begin with what is known now. */
    public synchronized void apply(Map<String, SignalSettings> settings) {
        var signals = new LinkedHashMap<String, Signal>();
        var fresh = new HashSet<Signal>();
        settings.forEach((name, of) -> {
            var before = byName.get(name);
            if (before != null && before.settings().equals(of)) {
                signals.put(name, before);
            } else {
                var signal = new Signal(name, of, origins, store, roles);
                signals.put(name, signal);
                fresh.add(signal);
            }
        });
        var toFresh = new Dispatch(fresh);
        store.slots()
                .forEach(slot -> slot.lastStanding().ifPresent(snapshot -> {
                    roles.note(slot, snapshot);
                    toFresh.give(slot, snapshot);
                }));
        dispatch = new Dispatch(signals.values()); // after that, lest an older sample follow a newer one
        byName = signals;
    }

    public Optional<Signal> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Signal> all() {
        return byName.values();
    }

    @Override
    public void collected(Slot slot, Snapshot snapshot) {
        if (snapshot.stands()) {
            roles.note(slot, snapshot);
            var changed = dispatch.give(slot, snapshot);
            if (!changed.isEmpty()) {
                listener.accept(changed);
            }
        }
    }

    @Override
    public void skipped(Slot slot, Skip why) {
        // A sample that is not taken makes the one before older, and that is enough.
    }

    /** Which signals a snapshot, and each of its series, may belong to: found without asking each of thousands. */
    private static final class Dispatch {

        /** The signals of one source: by a label that they want to have one value, or to be asked all. */
        private static final class OfSource {
            final Map<String, Map<String, Set<Signal>>> exact = new HashMap<>();
            final Set<Signal> others = new HashSet<>();

            void add(Signal signal) {
                var label = signal.exactly().entrySet().stream().findFirst();
                label.ifPresentOrElse(
                        entry -> exact.computeIfAbsent(entry.getKey(), _ -> new HashMap<>())
                                .computeIfAbsent(entry.getValue(), _ -> new HashSet<>())
                                .add(signal),
                        () -> others.add(signal));
            }

            void offer(Slot slot, Snapshot snapshot, Series series) {
                exact.forEach((label, byValue) -> byValue.getOrDefault(series.label(label), Set.of())
                        .forEach(signal -> signal.offer(slot, snapshot, series)));
                others.forEach(signal -> signal.offer(slot, snapshot, series));
            }
        }

        /** The signals that are made of one slot. */
        private record OfSlot(Set<Signal> signals, Map<String, OfSource> families, Map<String, OfSource> foreign) {
            static OfSlot of(Set<Signal> signals) {
                var ofSlot = new OfSlot(signals, new HashMap<>(), new HashMap<>());
                for (var signal : signals) {
                    var settings = signal.settings();
                    var sources = settings.family().isPresent() ? ofSlot.families : ofSlot.foreign;
                    sources.computeIfAbsent(settings.source(), _ -> new OfSource())
                            .add(signal);
                }
                return ofSlot;
            }
        }

        private final Collection<Signal> signals;
        private final Map<Slot, OfSlot> slots = new ConcurrentHashMap<>();

        Dispatch(Collection<Signal> signals) {
            this.signals = signals;
        }

        /** Returns the signals that are made of the slot. */
        Set<Signal> give(Slot slot, Snapshot snapshot) {
            var ofSlot = slots.computeIfAbsent(slot, this::ofSlot);
            if (ofSlot.signals.isEmpty()) {
                return Set.of();
            }
            for (var lines : snapshot.lines()) {
                var source = ofSlot.families.get(lines.family().name());
                for (int i = 0; source != null && i < lines.series(); i++) {
                    source.offer(slot, snapshot, new Series.Declared(slot.target(), lines, i));
                }
            }
            if (snapshot.fact().orElse(null) instanceof ForeignSeries read) {
                for (var series : read.series()) {
                    var source = ofSlot.foreign.get(series.name());
                    if (source != null) {
                        source.offer(slot, snapshot, new Series.Foreign(slot.target(), series));
                    }
                }
            }
            ofSlot.signals.forEach(signal -> signal.answered(slot, snapshot));
            return ofSlot.signals;
        }

        private OfSlot ofSlot(Slot slot) {
            return OfSlot.of(
                    signals.stream().filter(signal -> signal.isMadeOf(slot)).collect(Collectors.toUnmodifiableSet()));
        }
    }
}
