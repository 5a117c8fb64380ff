// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import io.highwater.core.Family;
import io.highwater.core.OffsetTimeline;
import io.highwater.core.OffsetTimeline.Lag;
import io.highwater.core.Samples;

/** The least that would be lost over the replicas that could take over: bytes and seconds of the primary's log. */
final class Exposure {

    private double seconds = Double.POSITIVE_INFINITY;
    private double bytes = Double.POSITIVE_INFINITY;

    /**
     * Counts in a replica that could take over.
     *
     * @param atNanos the moment at which the primary is taken to die: when the replica was read, or when the primary
     *     was seen last
     */
    void include(OffsetTimeline primary, NodeState replica, long atNanos) {
        var safe = replica.safe();
        if (safe.isEmpty()) {
            return;
        }
        switch (primary.lag(atNanos, safe.getAsLong())) {
            case Lag.Known(double lag) -> seconds = Math.min(seconds, lag);
            case Lag.AtLeast(double lag) ->
                seconds =
                        Math.min(seconds, Math.max(lag, replica.lastReplayAge().orElse(0)));
            case Lag.Unknown() -> {}
        }
        var written = primary.offset(atNanos);
        if (written.isPresent()) {
            bytes = Math.min(bytes, (double) Math.max(0, written.getAsLong() - safe.getAsLong()));
        }
    }

    /** Adds what is known; nothing when no replica could take over. */
    void add(Family inSeconds, Family inBytes, String component, Samples out) {
        if (Double.isFinite(seconds)) {
            out.add(inSeconds, seconds, component);
        }
        if (Double.isFinite(bytes)) {
            out.add(inBytes, bytes, component);
        }
    }
}
