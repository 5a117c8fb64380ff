// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import io.highwater.core.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The thresholds of the alerts at one level, as colours: what is orange is a ticket, what is red is a page.
 *
 * @param level of the clusters that a dashboard is for
 */
record Limits(Level level) {

    /** Until the alerts are there. */
    private static final Map<String, Double> KNOWN = Map.of();

    /** For a number that is bad when it is large. */
    Thresholds above(String... alerts) {
        var steps = new ArrayList<Thresholds.Step>();
        for (var alert : alerts) {
            steps.add(new Thresholds.Step(KNOWN.getOrDefault(alert, 1.0 + steps.size()), Colour.ORANGE));
        }
        steps.sort(Comparator.comparingDouble(Thresholds.Step::from));
        return new Thresholds(Colour.GREEN, steps);
    }

    /** For how many more may fail. */
    Thresholds margin() {
        return new Thresholds(
                Colour.RED, List.of(new Thresholds.Step(0, Colour.ORANGE), new Thresholds.Step(1, Colour.GREEN)));
    }
}
