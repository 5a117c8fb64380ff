// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    @Test
    void samplesVanishAfterOneMissedInterval() {
        assertThat(Schedule.of(Duration.ofSeconds(10), Duration.ofSeconds(3)).maxAge())
                .isEqualTo(Duration.ofSeconds(13));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT1S, PT9S, 1, interval",
        "PT-1S, PT1S, PT9S, 1, interval",
        "PT1S, PT0S, PT9S, 1, timeout",
        "PT1S, PT-1S, PT9S, 1, timeout",
        "PT2S, PT1S, PT2.999S, 1, maxAge",
        "PT1S, PT1S, PT9S, 0, maxSeries",
    })
    void whatCannotBeIsRefusedByName(Duration interval, Duration timeout, Duration maxAge, int maxSeries, String name) {
        assertThatThrownBy(() -> new Schedule(interval, timeout, maxAge, maxSeries))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " must ");
    }

    @Test
    void aTimeoutMayBeLongerThanTheInterval() {
        assertThat(Schedule.of(Duration.ofSeconds(1), Duration.ofSeconds(2)).maxAge())
                .isEqualTo(Duration.ofSeconds(3));
    }
}
