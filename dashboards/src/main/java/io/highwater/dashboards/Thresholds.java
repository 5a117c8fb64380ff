// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import java.util.List;

/**
 * From which values on a number has another colour.
 *
 * @param base the colour below all steps
 * @param steps by rising value
 */
public record Thresholds(Colour base, List<Step> steps) {

    /** Coloured from this value on, up to the next step. */
    public record Step(double from, Colour colour) {}

    /** For a number that nobody is told of: it is neither good nor bad. */
    public static final Thresholds NONE = new Thresholds(Colour.BLUE, List.of());

    /** For a count of what should not be there at all. */
    public static final Thresholds ANY_IS_BAD = new Thresholds(Colour.GREEN, List.of(new Step(1, Colour.RED)));

    /** For a count of what somebody should look at. */
    public static final Thresholds ANY_IS_ODD = new Thresholds(Colour.GREEN, List.of(new Step(1, Colour.ORANGE)));

    /** For a count of what must be there. */
    public static final Thresholds MUST_BE = new Thresholds(Colour.RED, List.of(new Step(1, Colour.GREEN)));

    /** For what there must be one of, and never two. */
    public static final Thresholds ONE =
            new Thresholds(Colour.RED, List.of(new Step(1, Colour.GREEN), new Step(2, Colour.RED)));

    /** For how many more may fail: below 0 it has stopped. */
    public static final Thresholds MARGIN =
            new Thresholds(Colour.RED, List.of(new Step(0, Colour.ORANGE), new Step(1, Colour.GREEN)));

    public Thresholds {
        steps = List.copyOf(steps);
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).from() <= steps.get(i - 1).from()) {
                throw new IllegalArgumentException("each step is above the one before: " + steps);
            }
        }
    }
}
