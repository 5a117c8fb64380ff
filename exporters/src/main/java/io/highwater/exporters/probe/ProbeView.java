// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Availability;
import io.highwater.core.Derivation;
import io.highwater.core.Facts;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** What all probes of services say together: the cluster serves its users when none of them fails. */
final class ProbeView implements Derivation {

    private static final Duration PACE = Duration.ofMillis(100);

    private final ProbeSettings settings;
    private final Availability availability;

    ProbeView(ProbeSettings settings) {
        this.settings = settings;
        this.availability = new Availability("probe", fastest(settings));
    }

    private static Duration fastest(ProbeSettings settings) {
        return settings.probes().values().stream()
                .filter(plan -> plan.prober().isOfService())
                .map(ProbePlan::interval)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public void derive(List<Snapshot> snapshots, long nowNanos, Samples out) {
        var services = snapshots.stream()
                .map(this::state)
                .filter(ProbeState::ofService)
                .toList();
        if (!services.isEmpty()) {
            availability.note(services.stream().allMatch(ProbeState::succeeded), nowNanos, out);
        }
    }

    /** An attempt that was cut says nothing of itself, and did not succeed. */
    private ProbeState state(Snapshot snapshot) {
        return Facts.of(List.of(snapshot), ProbeState.class)
                .findFirst()
                .orElseGet(() -> new ProbeState(
                        false, settings.plan(snapshot.target().node()).prober().isOfService()));
    }
}
