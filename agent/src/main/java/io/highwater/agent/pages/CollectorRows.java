// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import io.highwater.core.Outcome;
import io.highwater.core.Outcome.Collected;
import io.highwater.core.Outcome.Failed;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import java.util.List;

/**
 * The collectors of one target as rows.
 *
 * @param now as of which moment, on the {@link System#nanoTime} scale
 */
record CollectorRows(long now) {

    Html table(List<Slot> slots) {
        return Html.of("""
                <table>
                <tr><th>collector</th><th>state</th><th class="number">newest</th><th class="number">every</th>\
                <th class="number">took</th><th class="number">series</th><th>remarks</th></tr>
                {}</table>
                """, Html.all(slots.stream().map(this::row).toList()));
    }

    private Html row(Slot slot) {
        return Html.of(
                """
                <tr><td>{}</td><td>{}</td><td class="number">{}</td><td class="number">{}</td>\
                <td class="number">{}</td><td class="number">{}</td><td>{}</td></tr>
                """,
                slot.collector(),
                state(slot),
                slot.lastGood().map(good -> Times.ago(good.endedNanos(), now)).orElse(""),
                Times.of(slot.schedule().interval()),
                slot.latest().map(latest -> Times.of(latest.took())).orElse(""),
                slot.latest().map(latest -> Integer.toString(latest.series())).orElse(""),
                slot.latest().map(CollectorRows::remarks).orElse(Html.NOTHING));
    }

    Html state(Slot slot) {
        var state = slot.latest().isEmpty() ? "waiting" : slot.up(now) ? "up" : "down";
        return Html.of("<span class=\"{}\">{}</span>", state, state);
    }

    /** Why it failed; of one that did not, what it left out. */
    static Html outcome(Outcome outcome) {
        return switch (outcome) {
            case Collected(List<String> notes) ->
                Html.all(notes.stream()
                        .map(note -> Html.of("<span class=\"note\">{}</span>", note))
                        .toList());
            case Failed(var reason, String message) ->
                Html.of("<span class=\"error\">{}: {}</span>", reason.label(), message);
        };
    }

    private static Html remarks(Snapshot latest) {
        var dropped = latest.dropped().entrySet().stream()
                .map(entry -> Html.of(
                        "<span class=\"note\">{} series of {} dropped</span>",
                        entry.getValue(),
                        entry.getKey().name()))
                .toList();
        return Html.all(List.of(outcome(latest.outcome()), Html.all(dropped)));
    }
}
