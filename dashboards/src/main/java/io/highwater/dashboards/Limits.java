// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import io.highwater.core.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The thresholds of the alerts at one level, as colours: what is orange is a ticket, what is red is a page.
 *
 * @param level of the clusters that a dashboard is for
 */
record Limits(Level level) {

    /** For a number that is bad when it is large: the alerts that fire above their thresholds. */
    Thresholds above(String... alerts) {
        return new Thresholds(
                Colour.GREEN,
                Arrays.stream(alerts)
                        .map(alert -> new Thresholds.Step(above(threshold(alert)), colour(alert)))
                        .sorted(Comparator.comparingDouble(Thresholds.Step::from))
                        .toList());
    }

    /** For a count of which only one number is right. */
    Thresholds between(String below, String above) {
        return new Thresholds(
                colour(below),
                List.of(
                        new Thresholds.Step(threshold(below), Colour.GREEN),
                        new Thresholds.Step(threshold(above) + 1, colour(above))));
    }

    /** For what would be lost. */
    Thresholds loss() {
        return atMost((double) level.rpo().toSeconds());
    }

    /** For how long nothing is served. */
    Thresholds outage() {
        return atMost((double) level.rto().toSeconds());
    }

    /** For what is left of an error budget: below the alert's threshold it is spent. */
    Thresholds budget() {
        return below("ErrorBudgetExhausted");
    }

    /** For the part of the time that a component was away: what its level allows. */
    Thresholds errors() {
        return new Thresholds(Colour.GREEN, List.of(new Thresholds.Step(allowed(), Colour.ORANGE)));
    }

    private double allowed() {
        return switch (level) {
            case L1 -> 0.001;
            case L2 -> 0.0005;
            case L3 -> 0.0001;
        };
    }

    /** For a number that is bad when it is small: the alert that fires below its threshold. */
    Thresholds below(String alert) {
        return new Thresholds(colour(alert), List.of(new Thresholds.Step(threshold(alert), Colour.GREEN)));
    }

    private static Thresholds atMost(double objective) {
        return new Thresholds(Colour.GREEN, List.of(new Thresholds.Step(objective, Colour.RED)));
    }

    /** An alert above 0 is one of a count, which is coloured from 1 on. */
    private static double above(double threshold) {
        return threshold == 0 ? 1 : threshold;
    }

    private double threshold(String alert) {
        var text = text(alert);
        var all = Pattern.compile("\\n    threshold: (.*)\\n").matcher(text);
        if (!all.find()) {
            throw new IllegalStateException(alert);
        }
        var one = Pattern.compile(level + ": ([0-9.]+)").matcher(all.group(1));
        return Double.parseDouble(one.find() ? one.group(1) : all.group(1).split(" ")[0]);
    }

    private Colour colour(String alert) {
        return text(alert).contains("severity: critical") ? Colour.RED : Colour.ORANGE;
    }

    private static String text(String alert) {
        var texts = new ArrayList<String>();
        for (var file :
                List.of("postgres", "jetstream", "redis", "queues", "outbox", "ha", "slo", "agent", "scaling")) {
            try (var in = Level.class.getResourceAsStream("/io/highwater/rules/alerts/" + file + ".yaml")) {
                texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        var from = Pattern.compile("\\n  " + alert + ":\\n(.*?)(\\n\\n|$)", Pattern.DOTALL)
                .matcher(String.join("\n\n", texts));
        if (!from.find()) {
            throw new IllegalStateException(alert);
        }
        return "\n" + from.group(1) + "\n";
    }
}
