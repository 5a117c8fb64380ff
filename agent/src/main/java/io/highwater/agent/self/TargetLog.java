// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import io.highwater.core.Outcome.Collected;
import io.highwater.core.Outcome.Failed;
import io.highwater.core.Reason;
import io.highwater.core.Snapshot;
import io.highwater.core.log.Log;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The log lines of one target. A target that is down is one line, not one of each collector; a reason is told once an
 * outage, however often it alternates with another.
 */
final class TargetLog {

    /** What the target's first collector said. */
    private enum Pulse {
        UNKNOWN,
        UP,
        DOWN
    }

    private static final class Outage {
        final long sinceNanos;
        final Set<Reason> told = EnumSet.noneOf(Reason.class);
        Failed last;

        Outage(long sinceNanos, Failed first) {
            this.sinceNanos = sinceNanos;
            this.last = first;
        }
    }

    private final Log log;
    private final String pulseCollector;
    private final Map<String, Outage> outages = new HashMap<>();
    private Pulse pulse;

    /** @param pulseCollector whose outcome says whether the target is up; empty when it is never down as a whole */
    TargetLog(Log log, String pulseCollector) {
        this.log = log;
        this.pulseCollector = pulseCollector;
        this.pulse = pulseCollector.isEmpty() ? Pulse.UP : Pulse.UNKNOWN;
    }

    synchronized void collected(Snapshot snapshot) {
        boolean isPulse = snapshot.collector().equals(pulseCollector);
        boolean first = isPulse && pulse == Pulse.UNKNOWN;
        if (isPulse) {
            pulse = snapshot.succeeded() ? Pulse.UP : Pulse.DOWN;
        }
        switch (snapshot.outcome()) {
            case Collected _ -> succeeded(snapshot, isPulse);
            case Failed failed -> failed(snapshot, failed, isPulse);
        }
        if (first && pulse == Pulse.UP) {
            // What failed before we knew whether the target is up.
            outages.forEach((collector, outage) -> tell(collector, outage, false));
        }
    }

    private void succeeded(Snapshot snapshot, boolean isPulse) {
        var outage = outages.remove(snapshot.collector());
        if (outage == null || outage.told.isEmpty()) {
            log.debug("Collected", "collector", snapshot.collector(), "took", snapshot.took());
            return;
        }
        log.info(
                isPulse ? "Target is up again" : "Collector works again",
                "collector",
                snapshot.collector(),
                "after",
                wholeMillis(snapshot.endedNanos() - outage.sinceNanos));
    }

    private void failed(Snapshot snapshot, Failed failed, boolean isPulse) {
        var outage = outages.computeIfAbsent(snapshot.collector(), _ -> new Outage(snapshot.startedNanos(), failed));
        outage.last = failed;
        if (isPulse || pulse == Pulse.UP) {
            tell(snapshot.collector(), outage, isPulse);
        } else {
            repeat(snapshot.collector(), failed);
        }
    }

    private void tell(String collector, Outage outage, boolean isPulse) {
        var failed = outage.last;
        if (!outage.told.add(failed.reason())) {
            repeat(collector, failed);
            return;
        }
        log.warn(
                isPulse ? "Target is down" : "Collector fails",
                "collector",
                collector,
                "reason",
                failed.reason().label(),
                "err",
                failed.message());
    }

    private void repeat(String collector, Failed failed) {
        log.debug(
                "Collection failed",
                "collector",
                collector,
                "reason",
                failed.reason().label(),
                "err",
                failed.message());
    }

    private static Duration wholeMillis(long nanos) {
        return Duration.ofMillis(nanos / 1_000_000);
    }
}
