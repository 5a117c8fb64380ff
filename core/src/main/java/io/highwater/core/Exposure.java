// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import io.highwater.core.OffsetTimeline.Lag;

/** The least that would be lost over the replicas that could take over: bytes and seconds of the primary's log. */
public final class Exposure {

    private double seconds = Double.POSITIVE_INFINITY;
    private double bytes = Double.POSITIVE_INFINITY;

    /**
     * Counts in a replica that could take over.
     *
     * @param primary where the primary was when
     * @param atNanos the moment at which the primary is taken to die: when the replica was read, or when the primary
     *     was seen last
     * @param safe the position that would survive on the replica
     * @param atLeast the seconds that would be lost at least when the timeline does not reach back far enough
     */
    public void include(OffsetTimeline primary, long atNanos, long safe, double atLeast) {
        switch (primary.lag(atNanos, safe)) {
            case Lag.Known(double lag) -> seconds = Math.min(seconds, lag);
            case Lag.AtLeast(double lag) -> seconds = Math.min(seconds, Math.max(lag, atLeast));
            case Lag.Unknown() -> {}
        }
        var written = primary.offset(atNanos);
        if (written.isPresent()) {
            bytes = Math.min(bytes, (double) Math.max(0, written.getAsLong() - safe));
        }
    }

    /** While the primary lives: adds what is known as {@code ha_rpo_*}; nothing when no replica could take over. */
    public void addExposed(String component, Samples out) {
        add(Ha.RPO_SECONDS, Ha.RPO_BYTES, component, out);
    }

    /** While no primary answers: adds what is known as {@code ha_failover_loss_*}. */
    public void addLost(String component, Samples out) {
        add(Ha.LOSS_SECONDS, Ha.LOSS_BYTES, component, out);
    }

    private void add(Family inSeconds, Family inBytes, String component, Samples out) {
        if (Double.isFinite(seconds)) {
            out.add(inSeconds, seconds, component);
        }
        if (Double.isFinite(bytes)) {
            out.add(inBytes, bytes, component);
        }
    }
}
