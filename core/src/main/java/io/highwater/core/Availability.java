// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.List;

/**
 * How long one component of a cluster has served, and has not; confined to a {@link Derivation}'s lock.
 *
 * <p>Counted here, every time that anything is known, so that an outage between two scrapes counts as well. What nobody
 * answers for does not serve.
 */
public final class Availability {

    public static final Family OBSERVED = Family.counter(
                    "ha_observed_seconds_total", "Time that the component was watched, since the agent started.")
            .from("the agent's clock")
            .by("component");
    public static final Family UNAVAILABLE = Family.counter(
                    "ha_unavailable_seconds_total", "Time of that in which it had no primary, or no quorum.")
            .from("roles and quorums over time")
            .by("component");
    public static final Family OUTAGE = Family.gauge(
                    "ha_outage_seconds", "How long it has had no primary, or no quorum; 0 while it serves.")
            .from("roles and quorums over time")
            .by("component");

    /** All of them. */
    public static final List<Family> FAMILIES = List.of(OBSERVED, UNAVAILABLE, OUTAGE);

    /** A machine that slept so long watched nothing. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);

    private final String component;
    private final long longestStepNanos;
    private boolean began;
    private boolean served;
    private long lastNanos;
    private long outageBegan;
    private long observed;
    private long unavailable;

    public Availability(String component) {
        this(component, Duration.ZERO);
    }

    /** @param interval from look to look, when that may be long: up to twice as long it is taken to have been as before */
    public Availability(String component, Duration interval) {
        var twice = interval.multipliedBy(2);
        this.component = component;
        this.longestStepNanos = (twice.compareTo(LONGEST_STEP) > 0 ? twice : LONGEST_STEP).toNanos();
    }

    /**
     * Notes whether it serves now.
     *
     * @param nowNanos on the {@link System#nanoTime} scale, not before the last
     */
    public void note(boolean serves, long nowNanos, Samples out) {
        long step = nowNanos - lastNanos;
        if (began && step <= longestStepNanos) {
            observed += step;
            unavailable += served ? 0 : step;
        }
        if (served || !began) {
            outageBegan = nowNanos;
        }
        began = true;
        served = serves;
        lastNanos = nowNanos;
        out.add(OBSERVED, observed / 1e9, component);
        out.add(UNAVAILABLE, unavailable / 1e9, component);
        out.add(OUTAGE, serves ? 0 : (nowNanos - outageBegan) / 1e9, component);
    }
}
