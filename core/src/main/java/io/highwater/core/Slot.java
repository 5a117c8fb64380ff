// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place of one collector of one target in the {@link SnapshotStore}: its newest snapshot, the newest that
 * succeeded, and the newest whose samples stand. Written by one thread at a time, read by any without waiting.
 */
public final class Slot {

    private final Target target;
    private final String collector;
    private final Schedule schedule;
    private volatile @Nullable Snapshot latest;
    private volatile @Nullable Snapshot lastGood;
    private volatile @Nullable Snapshot lastStanding;

    Slot(Target target, String collector, Schedule schedule) {
        this.target = target;
        this.collector = collector;
        this.schedule = schedule;
    }

    public Target target() {
        return target;
    }

    public String collector() {
        return collector;
    }

    public Schedule schedule() {
        return schedule;
    }

    /** How the last collection ended; empty before the first. */
    public Optional<Snapshot> latest() {
        return Optional.ofNullable(latest);
    }

    /** The last collection that succeeded, however long ago. */
    public Optional<Snapshot> lastGood() {
        return Optional.ofNullable(lastGood);
    }

    /** The last collection whose samples stand, however long ago. */
    public Optional<Snapshot> lastStanding() {
        return Optional.ofNullable(lastStanding);
    }

    /** The last collection whose samples stand, unless it is older than maxAge: what may be shown to anybody. */
    public @Nullable Snapshot current(long nowNanos) {
        var standing = lastStanding;
        return standing != null && isFresh(standing, nowNanos) ? standing : null;
    }

    /** Whether the last collection succeeded and is not older than maxAge. */
    public boolean up(long nowNanos) {
        var newest = latest;
        return newest != null && newest.succeeded() && isFresh(newest, nowNanos);
    }

    boolean isFresh(Snapshot snapshot, long nowNanos) {
        return nowNanos <= expiresNanos(snapshot);
    }

    /** Counted from the end: the next collection starts an interval later at most, and has its timeout to end. */
    long expiresNanos(Snapshot snapshot) {
        return snapshot.endedNanos() + schedule.maxAge().toNanos();
    }

    void put(Snapshot snapshot) {
        if (snapshot.succeeded()) {
            lastGood = snapshot;
        }
        if (snapshot.stands()) {
            lastStanding = snapshot;
        }
        latest = snapshot;
    }
}
