// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static java.util.stream.Collectors.joining;

import io.highwater.core.Durations;
import io.highwater.core.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A runbook as people read it, in Markdown: a title, what the alert says of each level, and its text. */
public final class RunbookPage {

    private static final List<Level> LEVELS = List.of(Level.values());

    private static final Pattern TIME = Pattern.compile("_seconds(\\{[^}]*})?\\)* > \\$threshold");

    private RunbookPage() {}

    /** The page of an alert; its name is that of a rule. */
    public static String of(Alert alert) {
        var runbook = Runbooks.named(Runbooks.of(alert));
        return page(alert.name(), table(alert), withTimes(runbook.text(), alert));
    }

    /** The page of a runbook that several alerts share has no table. */
    public static String named(String name) {
        return Alerts.all().stream()
                .filter(alert -> alert.name().equals(name))
                .findFirst()
                .map(RunbookPage::of)
                .orElseGet(() -> page(name, "", Runbooks.named(name).text()));
    }

    private static String page(String title, String table, String text) {
        return "# " + title + "\n\n" + table + text;
    }

    private static String table(Alert alert) {
        var rows = Stream.of(
                        row("", Level::name),
                        row("---", _ -> "---"),
                        row("fires after", level -> Durations.format(alert.delay(level))),
                        alert.thresholds().isEmpty()
                                ? ""
                                : row(
                                        "threshold",
                                        level -> Alert.number(
                                                alert.threshold(level).orElseThrow())),
                        row("escalate after", level -> escalation(alert, level)))
                .filter(row -> !row.isEmpty())
                .collect(joining());
        return "Severity `" + alert.severity().label() + "`. " + alert.means() + "\n\n```promql\n" + alert.template()
                + "\n```\n\n" + rows + "\n";
    }

    private static String row(String head, Function<Level, String> cell) {
        return LEVELS.stream().map(cell).collect(joining(" | ", "| " + head + " | ", " |\n"));
    }

    /** What is left of the recovery time objective when the alert fires. */
    private static String escalation(Alert alert, Level level) {
        var left = level.rto().minus(alert.delay(level)).minus(waited(alert, level));
        return Durations.format(left.isNegative() ? Duration.ZERO : left);
    }

    /** How long the trouble has lasted by what the alert compares, when that is a time. */
    private static Duration waited(Alert alert, Level level) {
        return TIME.matcher(alert.template()).find()
                ? Duration.ofSeconds((long) alert.threshold(level).orElse(0))
                : Duration.ZERO;
    }

    private static String withTimes(String text, Alert alert) {
        return text.replace(
                        "$threshold",
                        each(level -> alert.threshold(level).isEmpty()
                                ? ""
                                : Alert.number(alert.threshold(level).orElseThrow())))
                .replace("$for", each(level -> Durations.format(alert.delay(level))))
                .replace("$escalation", each(level -> escalation(alert, level)));
    }

    /** One value, or that of each level. */
    private static String each(Function<Level, String> value) {
        return LEVELS.stream().map(value).distinct().count() == 1
                ? value.apply(LEVELS.getFirst())
                : LEVELS.stream()
                        .map(level -> value.apply(level) + " (" + level + ")")
                        .collect(joining(", "));
    }
}
