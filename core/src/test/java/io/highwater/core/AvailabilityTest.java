// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

    private Availability availability = new Availability("db");

    @Test
    void countsWhatItWatchedAndWhatOfThatDidNotServe() {
        assertThat(at(100, true)).containsExactly(0.0, 0.0, 0.0);
        assertThat(at(101, true)).containsExactly(1.0, 0.0, 0.0);
        assertThat(at(102, false)).containsExactly(2.0, 0.0, 0.0);
        assertThat(at(105, false)).containsExactly(5.0, 3.0, 3.0);
        assertThat(at(106, true)).containsExactly(6.0, 4.0, 0.0);
        assertThat(at(107, true)).containsExactly(7.0, 4.0, 0.0);
    }

    @Test
    void countsAnOutageFromItsFirstSightAndEachOfThemAnew() {
        at(100, false);
        assertThat(at(104, false)).containsExactly(4.0, 4.0, 4.0);
        at(105, true);
        at(110, false);
        assertThat(at(111, false)).containsExactly(11.0, 6.0, 1.0);
    }

    @Test
    void doesNotCountTheTimeInWhichItWasNotAwake() {
        at(100, false);
        assertThat(at(1000, false)).containsExactly(0.0, 0.0, 900.0);
        assertThat(at(1001, false)).containsExactly(1.0, 1.0, 901.0);
    }

    @Test
    void countsLongStepsOfWhatIsLookedAtSeldom() {
        availability = new Availability("db", Duration.ofMinutes(5));
        at(100, false);
        assertThat(at(700, false)).containsExactly(600.0, 600.0, 600.0);
        assertThat(at(1301, false)).containsExactly(600.0, 600.0, 1201.0);
    }

    /** Observed and unavailable seconds, and the length of the outage. */
    private List<Double> at(long second, boolean serves) {
        var samples = Samples.of(new Target("orders", "db", "", Map.of()));
        availability.note(serves, second * 1_000_000_000, samples);
        var lines = samples.toString().lines().toList();
        return Availability.FAMILIES.stream()
                .map(family -> lines.stream()
                        .filter(line -> line.startsWith(family.name() + "{"))
                        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }
}
