// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is remembered of one standby from one collection to the next: what it cannot say itself while it is cut off. */
final class Standby {

    /** How a standby gets its data now. */
    enum State {
        /** Over a connection to what it follows. */
        STREAMING,
        /** Without one, but its replay moves on: from an archive. */
        ARCHIVE,
        /** Not at all. */
        DISCONNECTED,
        /** From a history that is not the primary's. */
        OTHER_TIMELINE,
        /** It does not answer, so nobody knows. */
        UNREACHABLE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A primary speaks at least every half wal_sender_timeout, 30 s unless configured; past that the link is dead. */
    private static final double SILENCE_SECONDS = 40;

    private static final long ARCHIVE_NANOS = Duration.ofMinutes(1).toNanos();

    private @Nullable NodeState newest;
    private OptionalInt lastTimeline = OptionalInt.empty();
    private long movedWithoutStream = Long.MIN_VALUE;
    private long lastCaughtUp = Long.MIN_VALUE;

    void see(NodeState state) {
        var before = newest;
        if (state.timeline().isPresent()) {
            lastTimeline = state.timeline();
        }
        if (before != null && !state.streaming() && !before.streaming() && moved(before.replayed(), state.replayed())) {
            movedWithoutStream = state.readNanos();
        }
        if (isLive(state) && state.received().equals(state.replayed())) {
            lastCaughtUp = state.readNanos();
        }
        newest = state;
    }

    State state() {
        var now = seen();
        if (now.streaming()) {
            return State.STREAMING;
        }
        boolean moves = movedWithoutStream != Long.MIN_VALUE && now.readNanos() - movedWithoutStream < ARCHIVE_NANOS;
        return moves ? State.ARCHIVE : State.DISCONNECTED;
    }

    /**
     * Whether its data is the beginning of that primary's. While it receives it says which timeline; after that, what
     * it last said holds; the timeline of its last checkpoint is a fallback, since it is late after a change.
     */
    boolean follows(@Nullable NodeState primary) {
        var now = seen();
        if (primary == null) {
            return false;
        }
        int timeline = lastTimeline.orElse(now.checkpointTimeline());
        return now.systemIdentifier().equals(primary.systemIdentifier())
                && primary.timeline().isPresent()
                && primary.timeline().getAsInt() == timeline;
    }

    /** The lag as far as this server alone can tell. */
    OptionalDouble ownLag() {
        var now = seen();
        if (isLive(now)) {
            return now.received().equals(now.replayed()) ? OptionalDouble.of(0) : now.lastReplayAge();
        }
        if (lastCaughtUp != Long.MIN_VALUE) {
            return OptionalDouble.of((now.readNanos() - lastCaughtUp) / 1e9);
        }
        return now.lastReplayAge();
    }

    private static boolean isLive(NodeState state) {
        return state.streaming() && state.messageAge().orElse(0) < SILENCE_SECONDS;
    }

    private static boolean moved(OptionalLong before, OptionalLong now) {
        return before.isPresent() && now.isPresent() && now.getAsLong() > before.getAsLong();
    }

    private NodeState seen() {
        return Objects.requireNonNull(newest);
    }
}
