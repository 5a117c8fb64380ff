// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.highwater.agent.self.History;
import io.highwater.core.Outcome.Failed;
import io.highwater.core.Slot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.Target;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One card for each target, below the name of its cluster and component. */
final class TargetCards {

    private final SnapshotStore store;
    private final History history;
    private final CollectorRows rows;
    private final long now;

    /** @param now as of which moment, on the {@link System#nanoTime} scale */
    TargetCards(SnapshotStore store, History history, long now) {
        this.store = store;
        this.history = history;
        this.rows = new CollectorRows(now);
        this.now = now;
    }

    Html all() {
        var components = store.slots().stream()
                .collect(groupingBy(
                        slot -> slot.target().cluster() + " / " + slot.target().component(),
                        LinkedHashMap::new,
                        groupingBy(Slot::target, LinkedHashMap::new, toList())));
        var html = new ArrayList<Html>();
        components.forEach((title, targets) -> {
            html.add(Html.of("<h2>{}</h2>\n", title));
            // What is derived comes after that which it is derived from.
            targets.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getKey().node().isEmpty()))
                    .map(this::card)
                    .forEach(html::add);
        });
        return Html.all(html);
    }

    private Html card(Map.Entry<Target, List<Slot>> entry) {
        var target = entry.getKey();
        var pulse = pulse(target);
        return Html.of(
                """
                <details class="card">
                <summary>{} <b>{}</b> <span class="faint">{}</span>{}</summary>
                {}{}</details>
                """,
                pulse.map(rows::state).orElse(Html.NOTHING),
                target.node().isEmpty() ? "all nodes together" : target.node(),
                pulse.map(this::seen).orElse(""),
                lastError(target),
                rows.table(entry.getValue()),
                target.node().isEmpty() ? Html.NOTHING : probeLinks(target));
    }

    /** The collector that tells whether the target is up; none for what is derived. */
    private Optional<Slot> pulse(Target target) {
        return store.pulses().stream()
                .map(SnapshotStore.Pulse::slot)
                .filter(slot -> slot.target().equals(target))
                .findFirst();
    }

    private String seen(Slot pulse) {
        return pulse.lastGood()
                .map(good -> "seen " + Times.ago(good.endedNanos(), now))
                .orElse("not seen yet");
    }

    private Html lastError(Target target) {
        return history.lastFailure(target)
                .filter(entry -> entry.outcome() instanceof Failed)
                .map(entry ->
                        Html.of("""
                        <span class="note">last error {}, {}: {}</span>""", Times.ago(entry.at()), entry.collector(), CollectorRows.outcome(entry.outcome())))
                .orElse(Html.NOTHING);
    }

    private static Html probeLinks(Target target) {
        var link = "/probe?target=" + URLEncoder.encode(target.name(), UTF_8);
        return Html.of("""
                <p><a href="{}">Probe now</a> · <a href="{}&amp;debug=true">with its log and settings</a></p>
                """, link, link);
    }
}
