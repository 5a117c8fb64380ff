// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.core.Level;
import io.highwater.rules.AlertmanagerConfig;
import io.highwater.rules.Alerts;
import io.highwater.rules.Layer;
import io.highwater.rules.RuleFile;
import java.time.Duration;

/** How long it takes at most from a failure to its page, as computed. */
final class Timing {

    /** For requests between the programs. */
    private static final Duration DELIVERY = Duration.ofSeconds(1);

    private Timing() {}

    /** Whether there is such a time: a budget burns as fast as things fail. */
    static boolean isBounded(Drill<?> drill) {
        return !drill.isQuiet()
                && drill.pages().stream().noneMatch(alert -> Alerts.named(alert).layer() == Layer.BUDGET);
    }

    /**
     * What the agent needs to see it, one interval for the scrape, one for the evaluation, the alert's {@code for} in whole
     * intervals, and how long a page waits.
     */
    static Duration bound(Drill<?> drill, Level level) {
        return drill.seen().apply(level).plus(rule(drill, level));
    }

    /** The same from when the agent's numbers say it. */
    static Duration rule(Drill<?> drill, Level level) {
        var interval = RuleFile.interval(level);
        return interval.multipliedBy(2)
                .plus(wholeIntervals(delay(drill, level), interval))
                .plus(AlertmanagerConfig.pageWait(level))
                .plus(DELIVERY);
    }

    private static Duration delay(Drill<?> drill, Level level) {
        return drill.pages().stream()
                .map(alert -> Alerts.named(alert).delay(level))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Duration wholeIntervals(Duration time, Duration interval) {
        long whole = (time.toMillis() + interval.toMillis() - 1) / interval.toMillis();
        return interval.multipliedBy(whole);
    }
}
