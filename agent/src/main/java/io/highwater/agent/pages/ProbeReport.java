// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.highwater.agent.self.OwnFamily;
import io.highwater.core.Exposition;
import io.highwater.core.Family;
import io.highwater.core.Outcome.Collected;
import io.highwater.core.Outcome.Failed;
import io.highwater.core.Samples;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore.Pulse;
import io.highwater.core.Target;
import io.highwater.core.TextFormat;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What one probe saw, as metrics and as text for people. */
record ProbeReport(Pulse pulse, Duration timeout) {

    private static final Family SUCCESS = family(OwnFamily.PROBE_SUCCESS);
    private static final Family DURATION = family(OwnFamily.PROBE_DURATION);

    private static Family family(OwnFamily own) {
        return Family.gauge(own.name(), own.help()).by("component", "collector");
    }

    /**
     * What was collected, how each collector did, and whether the target is up. The latter is absent when the collector
     * that tells was not asked.
     *
     * @param names of the families that are wanted; empty for all
     */
    Exposition.Page page(List<Snapshot> snapshots, Set<String> names, TextFormat format) {
        var all = new ArrayList<>(snapshots);
        all.add(result(snapshots));
        return Exposition.render(
                names.isEmpty() ? all : all.stream().map(of -> only(of, names)).toList(), format, () -> new byte[0]);
    }

    /** In sections, as of Prometheus' blackbox exporter. */
    String debug(List<Snapshot> snapshots, Set<String> names, String configuration) {
        return "Logs for the probe:\n" + log(snapshots)
                + "\n\nMetrics that would have been returned:\n" + page(snapshots, names, TextFormat.PROMETHEUS)
                + "\n\nEffective configuration:\n" + configuration.stripTrailing();
    }

    private Snapshot result(List<Snapshot> snapshots) {
        Target target = pulse.slot().target();
        var samples = Samples.of(target);
        for (var snapshot : snapshots) {
            samples.add(SUCCESS, snapshot.succeeded(), target.component(), snapshot.collector());
            samples.add(DURATION, snapshot.took().toNanos() / 1e9, target.component(), snapshot.collector());
            if (snapshot.collector().equals(pulse.slot().collector())) {
                samples.add(pulse.up(), snapshot.succeeded());
            }
        }
        return Snapshot.collected(target, "probe", System.nanoTime(), samples);
    }

    private static Snapshot only(Snapshot of, Set<String> names) {
        return new Snapshot(
                of.target(),
                of.collector(),
                of.at(),
                of.startedNanos(),
                of.endedNanos(),
                of.outcome(),
                of.lines().stream()
                        .filter(lines -> names.contains(lines.family().name()))
                        .toList(),
                of.fact(),
                of.dropped());
    }

    private String log(List<Snapshot> snapshots) {
        var out = new ByteArrayOutputStream();
        var log = new Log(LogFormat.LOGFMT, LogLevel.DEBUG, out);
        log.info("Probe", "target", pulse.slot().target(), "timeout", timeout);
        snapshots.forEach(snapshot -> log(log.with("collector", snapshot.collector()), snapshot));
        return out.toString(UTF_8);
    }

    private static void log(Log log, Snapshot snapshot) {
        switch (snapshot.outcome()) {
            case Collected(List<String> notes) -> {
                log.info("Collected", "took", snapshot.took(), "series", snapshot.series());
                notes.forEach(note -> log.info("Left out", "why", note));
                snapshot.dropped()
                        .forEach((family, count) -> log.warn("Dropped", "family", family.name(), "series", count));
            }
            case Failed failed ->
                log.warn(
                        "Failed",
                        "took",
                        snapshot.took(),
                        "reason",
                        failed.reason().label(),
                        "err",
                        failed.message());
        }
    }
}
