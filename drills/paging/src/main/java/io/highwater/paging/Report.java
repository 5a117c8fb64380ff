// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.joining;

import io.highwater.core.Level;
import io.highwater.rules.Alert;
import io.highwater.rules.AlertmanagerConfig;
import io.highwater.rules.Alerts;
import io.highwater.rules.Severity;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What drills have shown, as people read it. */
record Report(Level level, List<Outcome> outcomes) {

    /** Why there is no drill for a critical alert. */
    static final Map<String, String> NO_DRILL = Map.of();

    /** In Markdown. */
    String markdown() {
        return """
            ### Faults at %s

            Run on %s. `at most` is computed from what the agent needs to see it, one scrape, one evaluation, the alert's delay or the age that it
            waits for, and `group_wait`. Alertmanager says that a page is over with the next look at its group, which is %d min after it.

            | alert | what was done | pages | time to page | at most | RTO | resolved after | inhibited meanwhile |
            |---|---|---|---|---|---|---|---|
            %s
            Nobody is woken by these; the tickets are all that people are told of:

            | what happens | what was done | pages | tickets | for information |
            |---|---|---|---|---|
            %s
            %s""".formatted(
                        level,
                        LocalDate.now(ZoneOffset.UTC),
                        AlertmanagerConfig.PAGES_INTERVAL.toMinutes(),
                        outcomes.stream()
                                .filter(one -> !one.drill().isQuiet())
                                .map(this::page)
                                .collect(joining()),
                        outcomes.stream()
                                .filter(one -> one.drill().isQuiet())
                                .map(Report::quiet)
                                .collect(joining()),
                        open());
    }

    private String page(Outcome one) {
        return row(
                one.drill().name() + (one.asExpected() ? "" : " **not as expected**"),
                one.drill().failure(),
                names(one.pages()),
                maybe(one.toPage()),
                Timing.isBounded(one.drill()) ? seconds(Timing.bound(one.drill(), level)) : "",
                seconds(level.rto()),
                maybe(one.toResolved()),
                names(one.inhibited()));
    }

    private static String quiet(Outcome one) {
        return row(
                one.drill().name() + (one.asExpected() ? "" : " **not as expected**"),
                one.drill().failure(),
                names(one.pages()),
                names(one.tickets()),
                names(one.infos()));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** The critical alerts that no drill has proven, with the reason. */
    private String open() {
        var proven = outcomes.stream()
                .filter(Outcome::asExpected)
                .map(one -> one.drill().name())
                .toList();
        var open = Alerts.all().stream()
                .filter(alert -> alert.severity() == Severity.CRITICAL)
                .map(Alert::name)
                .filter(name -> !proven.contains(name))
                .map(name ->
                        "- " + name + ": " + NO_DRILL.getOrDefault(name, "its drill did not end as expected") + "\n")
                .collect(joining());
        return open.isEmpty() ? "Every alert that pages is proven.\n" : "Not proven:\n\n" + open;
    }

    private static String names(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String maybe(Optional<Duration> time) {
        return time.map(Report::seconds).orElse("");
    }

    static String seconds(Duration time) {
        double seconds = time.toMillis() / 1e3;
        return seconds >= 120 && time.toMillis() % 60_000 == 0
                ? time.toMinutes() + " min"
                : String.format(Locale.ROOT, time.toMillis() % 1000 == 0 ? "%.0f s" : "%.1f s", seconds);
    }
}
