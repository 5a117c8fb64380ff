// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;

/** What a cluster promises: its availability, the longest outage and the largest loss. */
public enum Level {
    /** 99.9 %. */
    L1(0.999, Duration.ofMinutes(15), Duration.ofMinutes(5)),
    /** 99.95 %. */
    L2(0.9995, Duration.ofMinutes(5), Duration.ofMinutes(1)),
    /** 99.99 %. */
    L3(0.9999, Duration.ofSeconds(30), Duration.ofSeconds(10));

    private final double availability;
    private final Duration rto;
    private final Duration rpo;

    Level(double availability, Duration rto, Duration rpo) {
        this.availability = availability;
        this.rto = rto;
        this.rpo = rpo;
    }

    /** The part of the time in which it serves, from 0 to 1. */
    public double availability() {
        return availability;
    }

    /** Recovery time objective: the longest a failover may take. */
    public Duration rto() {
        return rto;
    }

    /** Recovery point objective: the most that may be lost, as time. */
    public Duration rpo() {
        return rpo;
    }
}
