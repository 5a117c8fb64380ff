// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import io.highwater.core.Level;
import io.highwater.rules.Alerts;
import io.highwater.rules.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

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
                        .map(alert -> new Thresholds.Step(firstAbove(alert), colour(alert)))
                        .sorted(Comparator.comparingDouble(Thresholds.Step::from))
                        .toList());
    }

    /** For a number that is bad when it is small: the alert that fires below its threshold. */
    Thresholds below(String alert) {
        return new Thresholds(colour(alert), List.of(new Thresholds.Step(threshold(alert), Colour.GREEN)));
    }

    /** For what would be lost: as the alert that compares it with what the cluster's level allows. */
    Thresholds loss() {
        return objective("RpoExceeded", level.rpo());
    }

    /** For how long nothing is served: likewise. */
    Thresholds outage() {
        return objective("RtoExceeded", level.rto());
    }

    private static Thresholds objective(String alert, Duration most) {
        return new Thresholds(Colour.GREEN, List.of(new Thresholds.Step((double) most.toSeconds(), colour(alert))));
    }

    /** An alert above 0 is one of a count, which is coloured from 1 on. */
    private double firstAbove(String alert) {
        double threshold = threshold(alert);
        return threshold == 0 ? 1 : threshold;
    }

    private double threshold(String alert) {
        return Alerts.named(alert).threshold(level).orElseThrow(() -> new IllegalArgumentException(alert));
    }

    private static Colour colour(String alert) {
        return Alerts.named(alert).severity() == Severity.CRITICAL ? Colour.RED : Colour.ORANGE;
    }
}
