// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Changes in one direction that were made in the last while. */
final class ScaleEvents {

    private record Event(Instant when, int replicas) {}

    private final Duration kept;
    private final List<Event> all = new ArrayList<>();

    /**
     * @param kept an event that is older when another comes is forgotten
     */
    ScaleEvents(Duration kept) {
        this.kept = kept;
    }

    void add(Instant now, int replicas) {
        all.removeIf(one -> !one.when.isAfter(now.minus(kept)));
        all.add(new Event(now, replicas));
    }

    /** By how many replicas in the last period. */
    int change(Instant now, Duration period) {
        return all.stream()
                .filter(one -> one.when.isAfter(now.minus(period)))
                .mapToInt(Event::replicas)
                .sum();
    }
}
