// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static java.util.stream.Collectors.joining;

import io.highwater.core.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** All alerts, as the files {@code alerts/*.yaml} say them, and those that say when one of them is blind. */
public final class Alerts {

    /** The files, in the order in which they are shown. */
    static final List<String> GROUPS = List.of(
            "postgres",
            "redis",
            "jetstream",
            "queues",
            "outbox",
            "s3",
            "minio",
            "probe",
            "ha",
            "slo",
            "scaling",
            "prometheus",
            "agent");

    private static final Map<Level, Duration> BLIND_DELAYS =
            Map.of(Level.L1, Duration.ofMinutes(5), Level.L2, Duration.ofMinutes(2), Level.L3, Duration.ofMinutes(1));

    private static final List<Alert> ALL = GROUPS.stream()
            .map(AlertFileReader::read)
            .flatMap(Alerts::withBlind)
            .toList();

    private Alerts() {}

    /** Those of a file stand together. */
    public static List<Alert> all() {
        return ALL;
    }

    /** @throws NoSuchElementException when there is none of that name */
    public static Alert named(String name) {
        return ALL.stream()
                .filter(alert -> alert.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no alert " + name));
    }

    private static Stream<Alert> withBlind(AlertFile file) {
        return Stream.concat(file.alerts().stream(), blind(file).stream());
    }

    /** Fires for what alerts of the file need and lack, and names them in the label {@code blinds}. */
    private static Optional<Alert> blind(AlertFile file) {
        if (file.blind().isEmpty()) {
            return Optional.empty();
        }
        var present = file.present().orElseThrow();
        var needs = new LinkedHashMap<String, List<String>>();
        for (var alert : file.alerts()) {
            alert.needs()
                    .ifPresent(need ->
                            needs.computeIfAbsent(need, _ -> new ArrayList<>()).add(alert.name()));
        }
        var template = needs.entrySet().stream()
                .map(need -> """
                    label_replace(
                      group by (cluster) (%s) unless on (cluster) (%s),
                      "blinds", "%s", "", "")""".formatted(present, need.getKey(), String.join(", ", need.getValue())))
                .collect(joining("\nor\n"));
        var first = file.alerts().getFirst();
        return Optional.of(new Alert(
                file.blind().get(),
                file.group(),
                first.component(),
                "Critical alerts cannot fire, since what they look at is absent.",
                Severity.WARNING,
                Layer.MONITORING,
                template,
                Map.of(),
                BLIND_DELAYS,
                "Alerts cannot fire in {{ $labels.cluster }}: {{ $labels.blinds }}.",
                "What they look at is absent, though the agent watches {{ $labels.cluster }}. Its landing page says what is not collected.",
                first.dashboard(),
                Optional.empty(),
                needs.entrySet().stream()
                        .flatMap(need -> BlindTests.of(
                                present, List.copyOf(needs.keySet()), need.getKey(), String.join(", ", need.getValue()))
                                .stream())
                        .toList()));
    }
}
