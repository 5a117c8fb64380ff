// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What metrics led to in the last while. One that is exactly as old as a window is outside: a controller's clock goes on
 * between looking and noting.
 */
final class Recommendations {

    private record Recommendation(Instant when, int replicas) {}

    private final Duration kept;
    private final List<Recommendation> all = new ArrayList<>();

    /**
     * @param kept the longest window that is asked for
     */
    Recommendations(Duration kept) {
        this.kept = kept;
    }

    void add(Instant now, int replicas) {
        all.removeIf(one -> !one.when.isAfter(now.minus(kept)));
        all.add(new Recommendation(now, replicas));
    }

    /** The lowest in the window and of this one. */
    int lowest(Instant now, Duration window, int replicas) {
        return within(now, window).reduce(replicas, Math::min);
    }

    /** The highest. */
    int highest(Instant now, Duration window, int replicas) {
        return within(now, window).reduce(replicas, Math::max);
    }

    private IntStream within(Instant now, Duration window) {
        return all.stream().filter(one -> one.when.isAfter(now.minus(window))).mapToInt(Recommendation::replicas);
    }
}
