// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Duration;
import java.time.Instant;

/** The rules of an autoscaler without {@code behavior}. */
final class WithoutBehavior implements Normalization {

    private static final int FACTOR = 2;
    private static final int ALWAYS_ALLOWED = 4;

    private final HpaSpec spec;
    private final Duration window;
    private final Recommendations recommendations;

    WithoutBehavior(HpaSpec spec, ControllerFlags flags, Instant start, int current) {
        this.spec = spec;
        this.window = flags.downscaleStabilization();
        this.recommendations = new Recommendations(window);
        recommendations.add(start, current);
    }

    @Override
    public Normalized normalize(Instant now, int current, int desired) {
        int stabilized = recommendations.highest(now, window, desired);
        recommendations.add(now, desired);
        var bounds = bounds(current);
        return new Normalized(
                bounds.clamp(stabilized),
                stabilized == desired ? Normalization.ready() : Normalization.stabilized(false),
                bounds.condition(stabilized));
    }

    private Bounds bounds(int current) {
        int rate = (int) Math.min(Integer.MAX_VALUE, Math.max((long) FACTOR * current, ALWAYS_ALLOWED));
        return new Bounds(
                spec.minReplicas(),
                Bounds.Reason.MINIMUM,
                Math.min(rate, spec.maxReplicas()),
                spec.maxReplicas() > rate ? Bounds.Reason.UP_RATE : Bounds.Reason.MAXIMUM);
    }

    @Override
    public void scaled(Instant now, int from, int to) {
        // the limit is one of a single step
    }
}
