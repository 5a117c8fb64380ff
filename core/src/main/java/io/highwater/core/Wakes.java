// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which of the things that a collector saw idle may end the wait for its next collection. One that did rests for five
 * seconds, so that what comes and goes steadily without piling up is not collected all the time. Safe for several threads.
 */
public final class Wakes {

    private static final long REST_NANOS = Duration.ofSeconds(5).toNanos();

    private final Set<String> armed = new HashSet<>();
    private final Map<String, Long> resting = new HashMap<>();

    /** Takes what the newest collection saw idle; only of that, and of what does not rest, an event matters. */
    public synchronized void arm(Set<String> idle) {
        long now = System.nanoTime();
        resting.values().removeIf(until -> until - now <= 0);
        armed.clear();
        idle.stream().filter(Predicate.not(resting::containsKey)).forEach(armed::add);
    }

    /** Whether an event of that thing is one to collect for: the first since it was seen idle. */
    public synchronized boolean happened(String thing) {
        boolean first = armed.remove(thing);
        if (first) {
            resting.put(thing, System.nanoTime() + REST_NANOS);
        }
        return first;
    }

    /** Those of which an event matters now. */
    public synchronized Set<String> armed() {
        return Set.copyOf(armed);
    }
}
