// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often a table is read, at the interval that is the default. */
class PaceTest {

    private static final Duration INTERVAL = ofSeconds(5);

    @Test
    void whatIsQuickIsReadWithEveryCollection() {
        assertThat(Pace.after(INTERVAL, ofMillis(4), false)).isEqualTo(new Pace(false, INTERVAL));
        assertThat(Pace.after(INTERVAL, ofSeconds(1), false)).isEqualTo(new Pace(false, INTERVAL));
    }

    @Test
    void whatIsSlowInSpiteOfAnIndexTakesATenthOfTheTime() {
        assertThat(Pace.after(INTERVAL, ofMillis(1100), false)).isEqualTo(new Pace(true, ofSeconds(11)));
    }

    @Test
    void whatIsReadAsAWholeTakesAHundredthAndComesOnceAMinuteAtMost() {
        assertThat(Pace.after(INTERVAL, ofMillis(4), true)).isEqualTo(new Pace(true, ofMinutes(1)));
        assertThat(Pace.after(INTERVAL, ofSeconds(3), true)).isEqualTo(new Pace(true, ofMinutes(5)));
    }

    @Test
    void whatFailedIsTriedAgainInAMinute() {
        assertThat(Pace.afterFailure(INTERVAL, ofMillis(1))).isEqualTo(new Pace(true, ofMinutes(1)));
        assertThat(Pace.afterFailure(INTERVAL, ofSeconds(4))).isEqualTo(new Pace(true, ofSeconds(400)));
    }
}
