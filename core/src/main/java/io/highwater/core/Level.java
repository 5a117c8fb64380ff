// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;

/** What a cluster promises: its availability, the longest outage and the largest loss. */
public enum Level {
    /** 99.9 %. */
    L1(Duration.ofMinutes(15), Duration.ofMinutes(5)),
    /** 99.95 %. */
    L2(Duration.ofMinutes(5), Duration.ofMinutes(1)),
    /** 99.99 %. */
    L3(Duration.ofSeconds(30), Duration.ofSeconds(10));

    private final Duration rto;
    private final Duration rpo;

    Level(Duration rto, Duration rpo) {
        this.rto = rto;
        this.rpo = rpo;
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
