// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import io.highwater.core.ForeignSeries;
import io.highwater.core.Outcome;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.Target;
import io.highwater.scaler.Value;
import io.highwater.scaler.signal.SignalState.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One signal: the newest value of every series that it is made of, and when each was seen.
 *
 * <p>A series that is gone is not a zero. It counts as deleted when all nodes answer and have not had it for {@code
 * deadAfter}; until then the signal is stale. Nodes that do not answer make it stale and then dead, unless it says
 * {@code partial}. Times are on the {@link System#nanoTime} scale.
 */
public final class Signal {

    private final String name;
    private final SignalSettings settings;
    private final Origins origins;
    private final SnapshotStore store;
    private final Roles roles;
    private final Map<String, String> whereTarget = new HashMap<>();
    private final Map<String, String> whereSeries = new HashMap<>();
    private final Optional<String> role;
    private final Map<Slot, Map<Object, Track>> tracks = new LinkedHashMap<>();
    private final Map<Slot, Snapshot> answers = new HashMap<>();
    private Sources sources = new Sources(List.of(), List.of(), List.of());
    private boolean revived;
    private int samplesToGo;

    /** The slots that it is made of, as long as the store has the same slots. */
    private record Sources(List<Slot> all, List<Slot> slots, List<SnapshotStore.Pulse> pulses) {}

    Signal(String name, SignalSettings settings, Origins origins, SnapshotStore store, Roles roles) {
        this.name = name;
        this.settings = settings;
        this.origins = origins;
        this.store = store;
        this.roles = roles;
        settings.where()
                .forEach((label, value) ->
                        (origins.isOfSeries(settings, label) ? whereSeries : whereTarget).put(label, value));
        this.role = Optional.ofNullable(whereTarget.remove("role"));
    }

    public String name() {
        return name;
    }

    public SignalSettings settings() {
        return settings;
    }

    /** Labels of its series with one exact value each: by these it can be looked up. */
    Map<String, String> exactly() {
        var exact = new HashMap<>(whereSeries);
        exact.values().removeIf(value -> value.contains("*"));
        return exact;
    }

    /** Takes one series of a snapshot, if it is one of its own. */
    synchronized void offer(Slot slot, Snapshot snapshot, Series series) {
        if (Series.matches(whereSeries, series::label)) {
            var track = tracks.computeIfAbsent(slot, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(series.identity(), _ -> new Track(settings, group(series)));
            revived |= track.isSeen() && isDead(snapshot.endedNanos() - track.seenNanos());
            track.note(series.value(), snapshot.endedNanos(), snapshot.at().minus(snapshot.took()));
        }
    }

    /** After all series of a snapshot were offered. */
    synchronized void answered(Slot slot, Snapshot snapshot) {
        var before = answers.put(slot, snapshot);
        revived |= before != null && isDead(snapshot.endedNanos() - before.endedNanos());
        samplesToGo = Math.max(0, (revived ? settings.recovery() : samplesToGo) - 1);
        revived = false;
        if (settings.partial()) {
            forget(slot, track -> track.seenNanos() != snapshot.endedNanos());
        }
    }

    private boolean isDead(long ageNanos) {
        return ageNanos > settings.deadAfter().toNanos();
    }

    private void forget(Slot slot, Predicate<Track> gone) {
        var ofSlot = tracks.get(slot);
        if (ofSlot != null) {
            ofSlot.values().removeIf(gone);
        }
    }

    private List<String> group(Series series) {
        return settings.by().stream().map(series::label).toList();
    }

    /** Whether the slot can have series of its own, by what is configured. */
    boolean isMadeOf(Slot slot) {
        return origins.gives(slot, settings) && matchesTarget(slot.target());
    }

    private boolean matchesTarget(Target target) {
        return Series.matches(whereTarget, label -> Series.of(target, label));
    }

    /** What it is now. */
    public synchronized SignalState state(long nowNanos) {
        var slots = slots(nowNanos);
        var state = judge(slots, nowNanos);
        return samplesToGo > 0 && state.quality() != Quality.DEAD
                ? dead(state, "it was dead and is believed again after %d more good samples".formatted(samplesToGo))
                : state;
    }

    @SuppressWarnings("ReferenceEquality") // The same list as long as nothing is added or removed.
    private List<Slot> slots(long nowNanos) {
        var all = store.slots();
        if (sources.all != all) {
            var giving = all.stream().filter(this::isMadeOf).toList();
            var pulses = store.pulses().stream()
                    .filter(pulse -> giving.stream().anyMatch(slot -> isBehind(pulse, slot)))
                    .toList();
            sources = new Sources(all, giving, pulses);
            tracks.keySet().retainAll(giving);
            answers.keySet().retainAll(giving);
        }
        return role.isEmpty()
                ? sources.slots
                : sources.slots.stream()
                        .filter(slot -> role.get().equals(roles.of(slot.target(), nowNanos)))
                        .toList();
    }

    /** Whether the slot has nothing to say when the pulse is down. */
    private static boolean isBehind(SnapshotStore.Pulse pulse, Slot slot) {
        var asked = pulse.slot().target();
        var target = slot.target();
        return asked.cluster().equals(target.cluster())
                && asked.component().equals(target.component())
                && (target.node().isEmpty() || target.node().equals(asked.node()));
    }

    private SignalState judge(List<Slot> slots, long now) {
        if (slots.isEmpty()) {
            return dead(role.map(of -> "no node has the role " + of + " now")
                    .orElseGet(() -> "nothing that is watched has " + settings.source()));
        }
        var doubt = new Doubt(settings.deadAfter());
        for (var slot : slots) {
            var answer = answers.get(slot);
            if (answer == null && !settings.partial()) {
                return dead(slot.target() + " has not answered since the start" + lastFailure(slot));
            }
            if (answer != null && !settings.partial()) {
                doubt.age(
                        now - answer.endedNanos(),
                        slot.schedule().maxAge(),
                        () -> slot.target() + " does not answer" + lastFailure(slot));
            }
        }
        forgetTheDeleted(slots, now);
        var known = slots.stream()
                .flatMap(slot -> tracks.getOrDefault(slot, Map.of()).entrySet().stream()
                        .map(entry -> Map.entry(slot, entry.getValue())))
                .toList();
        for (var entry : known) {
            var slot = entry.getKey();
            doubt.age(now - entry.getValue().seenNanos(), slot.schedule().maxAge(), () -> gone(slot));
        }
        return known.isEmpty()
                ? absent(slots, now)
                : doubt.judge(Numbers.of(
                        settings, known.stream().map(Map.Entry::getValue).toList()));
    }

    private String gone(Slot slot) {
        return "a series of " + settings.source() + " is gone from " + slot.target() + " that was there"
                + lastFailure(slot);
    }

    private static String lastFailure(Slot slot) {
        return slot.latest()
                .map(Snapshot::outcome)
                .filter(Outcome.Failed.class::isInstance)
                .map(Outcome.Failed.class::cast)
                .map(failed -> " (" + failed.reason() + ": " + failed.message() + ")")
                .orElse("");
    }

    /** All that there is to ask answers, and has not had the series for long. */
    private void forgetTheDeleted(List<Slot> slots, long now) {
        if (allUp(now)) {
            slots.forEach(slot -> forget(
                    slot,
                    track -> now - track.seenNanos() > settings.deadAfter().toNanos()));
        } else if (settings.partial()) {
            slots.stream().filter(slot -> slot.current(now) == null).forEach(slot -> forget(slot, _ -> true));
        }
    }

    private boolean allUp(long now) {
        return sources.pulses.stream().allMatch(pulse -> pulse.slot().up(now));
    }

    private SignalState absent(List<Slot> slots, long now) {
        var newest = slots.stream().map(answers::get).filter(Objects::nonNull).toList();
        if (settings.absent().isEmpty()) {
            return dead("no series of " + settings.source() + " matches; \"absent: 0\" would make that 0");
        }
        if (!allUp(now) || newest.size() < slots.size()) {
            return dead("no series of " + settings.source() + " matches, and not all nodes answer");
        }
        if (newest.stream().anyMatch(this::lacksAnswer)) {
            return dead("query " + settings.source() + " was not answered");
        }
        var at = newest.stream().map(Snapshot::at).min(Instant::compareTo).orElseThrow();
        return new SignalState(
                Quality.FRESH,
                List.of(new Value(Map.of(), settings.absent().get(), at, settings.window())),
                Duration.ZERO,
                "");
    }

    private boolean lacksAnswer(Snapshot snapshot) {
        return settings.family().isEmpty()
                && !(snapshot.fact().orElse(null) instanceof ForeignSeries read
                        && !read.failed().contains(settings.source()));
    }

    private static SignalState dead(String reason) {
        return new SignalState(Quality.DEAD, List.of(), Duration.ZERO, reason);
    }

    private static SignalState dead(SignalState state, String reason) {
        return new SignalState(Quality.DEAD, state.values(), state.age(), reason);
    }
}
