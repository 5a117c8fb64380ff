// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was counted of one step since the agent started. Confined to the thread that tries. */
final class StepCounts {

    private final String step;
    private final Optional<Duration> slow;
    private final Map<String, Long> failures = new TreeMap<>();
    private long attempts;
    private long slowOnes;

    StepCounts(StepSettings settings) {
        this.step = settings.name();
        this.slow = settings.slow();
    }

    /** Returns whether it took longer than it may. */
    boolean succeeded(Duration took) {
        attempts++;
        boolean tooLong = slow.isPresent() && took.compareTo(slow.get()) > 0;
        slowOnes += tooLong ? 1 : 0;
        return tooLong;
    }

    void failed(FailureReason reason) {
        attempts++;
        failures.merge(reason.label(), 1L, Long::sum);
    }

    void addTo(Samples out) {
        out.add(JourneyFamilies.ATTEMPTS, (double) attempts, step);
        failures.forEach((reason, count) -> out.add(JourneyFamilies.FAILURES, count, step, reason));
        slow.ifPresent(bound -> {
            out.add(JourneyFamilies.SLOW, (double) slowOnes, step);
            out.add(JourneyFamilies.BOUND, bound.toNanos() / 1e9, step);
        });
    }
}
