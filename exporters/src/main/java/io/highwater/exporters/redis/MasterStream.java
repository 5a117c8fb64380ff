// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import io.highwater.core.OffsetTimeline;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One master's replication stream over time.
 *
 * <p>Pings to replicas and what Sentinels publish move the offset although nothing is written. A replica that lacks only
 * those lacks nothing, so lag and loss are measured against the end of the last change of data: where the offset was when
 * the counter of changes had moved. A save sets that counter back, which counts as a change.
 */
final class MasterStream {

    private static final long RATE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long YOUNG_RATE_NANOS = Duration.ofSeconds(10).toNanos();

    private final OffsetTimeline data = new OffsetTimeline();
    private final OffsetTimeline written = new OffsetTimeline();
    private @Nullable ServerState newest;
    private long dataEnd;

    /** Whether this state is of the same master, and its stream the same. */
    boolean isOf(ServerState state) {
        var before = newest;
        return before != null
                && before.node().equals(state.node())
                && before.stream().equals(state.stream());
    }

    /**
     * The stream that another master goes on with after a failover. Where it begins is what survived, and it had
     * nothing more as long as it was a replica itself.
     *
     * @param replicaNanos when the new master was seen as a replica last
     */
    MasterStream after(ServerState next, long replicaNanos) {
        var after = new MasterStream();
        var before = newest;
        if (before != null && next.formerStream().equals(before.stream())) {
            after.data.record(Math.max(before.readNanos(), replicaNanos), Math.min(dataEnd, next.formerEnd() - 1));
        }
        return after;
    }

    void see(ServerState state) {
        if (state.offset().isEmpty()) {
            return;
        }
        long offset = state.offset().getAsLong();
        var before = newest;
        if (before == null || before.changes() != state.changes() || before.lastSave() != state.lastSave()) {
            dataEnd = offset;
        }
        data.record(state.readNanos(), dataEnd);
        written.record(state.readNanos(), offset);
        newest = state;
    }

    /** Where the last change of data ended when. */
    OffsetTimeline data() {
        return data;
    }

    /** How long a replica may be away: infinite while nothing is written, empty while it is too early to tell. */
    OptionalDouble backlogMargin() {
        var now = newest;
        if (now == null || now.backlogBytes().isEmpty()) {
            return OptionalDouble.empty();
        }
        long window = written.offset(now.readNanos() - RATE_NANOS).isPresent() ? RATE_NANOS : YOUNG_RATE_NANOS;
        var before = written.offset(now.readNanos() - window);
        if (before.isEmpty()) {
            return OptionalDouble.empty();
        }
        double perSecond = (now.offset().orElse(0) - before.getAsLong()) / (window / 1e9);
        double backlog = now.backlogBytes().getAsLong();
        return OptionalDouble.of(perSecond <= 0 ? Double.POSITIVE_INFINITY : backlog / perSecond);
    }
}
