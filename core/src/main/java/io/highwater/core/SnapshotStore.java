// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The newest snapshot of every collector of every target. A read takes no lock and never waits. */
public final class SnapshotStore {

    /** A target that is asked directly, and the slot whose outcome says whether it is up. */
    public static final class Pulse {
        private final Slot slot;
        private final Family up;
        private final byte[] lineUp;
        private final byte[] lineDown;

        Pulse(Slot slot, Family up) {
            this.slot = slot;
            this.up = up;
            this.lineUp = line(slot.target(), up, 1);
            this.lineDown = line(slot.target(), up, 0);
        }

        private static byte[] line(Target target, Family up, int value) {
            var line = new LineBuffer();
            line.append(SeriesPrefixes.render(target, up, List.of()));
            line.append((double) value);
            line.append('\n');
            return line.toBytes();
        }

        public Slot slot() {
            return slot;
        }

        /** The family that says so, e.g. {@code pg_up}. */
        public Family up() {
            return up;
        }

        byte[] line(boolean isUp) {
            return isUp ? lineUp : lineDown;
        }
    }

    private record Contents(List<Slot> slots, List<Pulse> pulses) {}

    private volatile Contents contents = new Contents(List.of(), List.of());
    private final AtomicLong version = new AtomicLong();

    /** Every slot, ordered by target and collector. */
    public List<Slot> slots() {
        return contents.slots;
    }

    /** One for every target that is asked directly. */
    public List<Pulse> pulses() {
        return contents.pulses;
    }

    public Optional<Slot> slot(Target target, String collector) {
        return contents.slots.stream()
                .filter(slot -> slot.target().equals(target) && slot.collector().equals(collector))
                .findFirst();
    }

    /** Whether every slot has seen its first collection end, however it ended. */
    public boolean complete() {
        return contents.slots.stream().allMatch(slot -> slot.latest().isPresent());
    }

    /** Grows with every change, so that a reader can tell that nothing did. */
    long version() {
        return version.get();
    }

    void publish(Slot slot, Snapshot snapshot) {
        slot.put(snapshot);
        version.incrementAndGet();
    }

    synchronized void add(Collection<Slot> slots, Collection<Pulse> pulses) {
        var moreSlots = new ArrayList<>(contents.slots);
        moreSlots.addAll(slots);
        moreSlots.sort(Comparator.comparing(Slot::target).thenComparing(Slot::collector));
        var morePulses = new ArrayList<>(contents.pulses);
        morePulses.addAll(pulses);
        morePulses.sort(Comparator.comparing(pulse -> pulse.slot().target()));
        replace(moreSlots, morePulses);
    }

    synchronized void remove(Collection<Slot> slots) {
        var fewerSlots = new ArrayList<>(contents.slots);
        fewerSlots.removeAll(slots);
        var fewerPulses = new ArrayList<>(contents.pulses);
        fewerPulses.removeIf(pulse -> slots.contains(pulse.slot()));
        replace(fewerSlots, fewerPulses);
    }

    private void replace(List<Slot> slots, List<Pulse> pulses) {
        contents = new Contents(List.copyOf(slots), List.copyOf(pulses));
        version.incrementAndGet();
    }
}
