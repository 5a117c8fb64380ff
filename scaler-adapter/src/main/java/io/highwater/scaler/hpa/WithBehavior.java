// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** The rules of an autoscaler with {@code behavior}. */
final class WithBehavior implements Normalization {

    private final HpaSpec spec;
    private final ScalingRules up;
    private final ScalingRules down;
    private final Duration upWindow;
    private final Duration downWindow;
    private final Recommendations recommendations;
    private final ScaleEvents added;
    private final ScaleEvents removed;

    WithBehavior(HpaSpec spec, Behavior behavior, ControllerFlags flags, Instant start, int current) {
        this.spec = spec;
        this.up = behavior.up();
        this.down = behavior.down();
        this.upWindow = up.stabilization().orElse(Duration.ZERO);
        this.downWindow = down.stabilization().orElse(flags.downscaleStabilization());
        this.recommendations = new Recommendations(upWindow.compareTo(downWindow) > 0 ? upWindow : downWindow);
        this.added = new ScaleEvents(up.longestPeriod());
        this.removed = new ScaleEvents(down.longestPeriod());
        recommendations.add(start, current);
    }

    @Override
    public Normalized normalize(Instant now, int current, int desired) {
        int stabilized = stabilize(now, current, desired);
        var bounds = bounds(now, current);
        return new Normalized(
                bounds.clamp(stabilized),
                stabilized == desired ? Normalization.ready() : Normalization.stabilized(desired >= current),
                bounds.condition(stabilized));
    }

    private int stabilize(Instant now, int current, int desired) {
        int lowest = recommendations.lowest(now, upWindow, desired);
        int highest = recommendations.highest(now, downWindow, desired);
        recommendations.add(now, desired);
        return Math.min(Math.max(current, lowest), highest);
    }

    private Bounds bounds(Instant now, int current) {
        int most = Math.max(current, limit(now, current, up, true));
        int fewest = Math.min(current, limit(now, current, down, false));
        return new Bounds(
                Math.max(spec.minReplicas(), fewest),
                spec.minReplicas() < fewest ? Bounds.Reason.DOWN_RATE : Bounds.Reason.MINIMUM,
                Math.min(spec.maxReplicas(), most),
                spec.maxReplicas() > most ? Bounds.Reason.UP_RATE : Bounds.Reason.MAXIMUM);
    }

    private int limit(Instant now, int current, ScalingRules rules, boolean growing) {
        if (rules.select() == ScalingRules.Select.DISABLED) {
            return current;
        }
        ToIntFunction<ScalingPolicy> limit = policy -> {
            int atStart = current - added.change(now, policy.period()) + removed.change(now, policy.period());
            return growing ? policy.most(atStart) : policy.fewest(atStart);
        };
        IntStream limits = rules.policies().stream().mapToInt(limit);
        boolean highest = (rules.select() == ScalingRules.Select.MAX) == growing;
        return (highest ? limits.max() : limits.min()).orElseThrow();
    }

    @Override
    public void scaled(Instant now, int from, int to) {
        if (to > from) {
            added.add(now, to - from);
        } else {
            removed.add(now, from - to);
        }
    }
}
