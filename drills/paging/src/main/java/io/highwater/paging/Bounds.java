// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.joining;

import io.highwater.core.Level;
import java.util.stream.Stream;

/** The time to page of each alert at each level, as computed, for the page of alerts. */
final class Bounds {

    /** Of the page. */
    static final String PART = "bounds";

    private Bounds() {}

    /** In Markdown. */
    static String markdown() {
        return """
            ### Time to page, as computed

            From the fault to the page at most: what the agent needs to see it, the alert's delay or the age that it waits for, one scrape, one
            evaluation, `group_wait`, and a second on the way. The recovery time objectives are %s.
            ErrorBudgetBurningFast has no such time: a budget burns as fast as things fail.

            | alert | %s |
            |---|%s|
            %s""".formatted(
                        levels().map(level -> level + ": " + Report.seconds(level.rto()))
                                .collect(joining(", ")),
                        levels().map(Level::name).collect(joining(" | ")),
                        levels().map(_ -> "---").collect(joining("|")),
                        Proof.drills().stream()
                                .filter(Timing::isBounded)
                                .map(Bounds::row)
                                .collect(joining()));
    }

    private static String row(Drill<?> drill) {
        return "| " + drill.name() + " | "
                + levels().map(level -> Report.seconds(Timing.bound(drill, level)))
                        .collect(joining(" | "))
                + " |\n";
    }

    private static Stream<Level> levels() {
        return Stream.of(Level.values());
    }
}
