// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import io.highwater.core.CollectionObserver;
import io.highwater.core.Outcome;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last collections, for people who look: a hundred of all, and a hundred that failed, which stay longer. What is
 * derived over a cluster is left out unless it fails, or it would fill the list.
 */
public final class History implements CollectionObserver {

    private static final int KEPT = 100;

    /**
     * One collection, without its samples.
     *
     * @param at when it ended
     */
    public record Entry(Target target, String collector, Instant at, Duration took, Outcome outcome, int series) {

        static Entry of(Snapshot snapshot) {
            return new Entry(
                    snapshot.target(),
                    snapshot.collector(),
                    snapshot.at(),
                    snapshot.took(),
                    snapshot.outcome(),
                    snapshot.series());
        }
    }

    private final Deque<Entry> recent = new ArrayDeque<>();
    private final Deque<Entry> failed = new ArrayDeque<>();
    private final Map<Target, Entry> lastFailures = new ConcurrentHashMap<>();

    @Override
    public void collected(Slot slot, Snapshot snapshot) {
        var entry = Entry.of(snapshot);
        if (!snapshot.succeeded()) {
            keep(failed, entry);
            lastFailures.put(slot.target(), entry);
        }
        if (!slot.target().node().isEmpty() || !snapshot.succeeded()) {
            keep(recent, entry);
        }
    }

    @Override
    public void skipped(Slot slot, Skip why) {}

    /** The newest first. */
    public synchronized List<Entry> recent() {
        return List.copyOf(recent);
    }

    /** The newest first. */
    public synchronized List<Entry> failed() {
        return List.copyOf(failed);
    }

    /** The last collection of a target that failed, however long ago. */
    public Optional<Entry> lastFailure(Target target) {
        return Optional.ofNullable(lastFailures.get(target));
    }

    /** To be called when the configuration has changed. */
    public void forgetAllBut(Set<Target> targets) {
        lastFailures.keySet().retainAll(targets);
    }

    private synchronized void keep(Deque<Entry> entries, Entry entry) {
        entries.addFirst(entry);
        if (entries.size() > KEPT) {
            entries.removeLast();
        }
    }
}
