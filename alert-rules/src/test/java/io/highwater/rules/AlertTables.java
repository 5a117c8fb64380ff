// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static java.util.stream.Collectors.joining;

import io.highwater.core.Durations;
import io.highwater.core.Level;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tables of all alerts in {@code docs/alerts.md}, one for each file. */
final class AlertTables {

    private AlertTables() {}

    static String markdown() {
        return Alerts.GROUPS.stream().map(AlertTables::table).collect(joining("\n"));
    }

    private static String table(String group) {
        return """
            ### %s

            | alert | severity | layer | it means | threshold | for |
            |---|---|---|---|---|---|
            """.formatted(group)
                + Alerts.all().stream()
                        .filter(alert -> alert.group().equals(group))
                        .map(AlertTables::row)
                        .collect(joining());
    }

    private static String row(Alert alert) {
        return "| [%s](runbooks/%s.md) | %s | %s | %s | %s | %s |\n"
                .formatted(
                        alert.name(),
                        Runbooks.of(alert),
                        alert.severity().label(),
                        alert.layer().label(),
                        alert.means(),
                        alert.thresholds().isEmpty()
                                ? ""
                                : byLevel(level ->
                                        Alert.number(alert.threshold(level).orElseThrow())),
                        byLevel(level -> Durations.format(alert.delay(level))));
    }

    /** Once when it is the same for all levels, else for L1, L2 and L3. */
    private static String byLevel(Function<Level, String> value) {
        var values = Stream.of(Level.values()).map(value).toList();
        return values.stream().distinct().count() == 1 ? values.getFirst() : String.join(" / ", values);
    }
}
