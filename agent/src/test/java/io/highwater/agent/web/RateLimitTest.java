// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    @Test
    void admitsTheBurstAndThenOneEachInterval() {
        long start = Long.MAX_VALUE - 5; // nanoTime may wrap around
        RateLimit limit = new RateLimit(Duration.ofNanos(10), 3, start);

        assertThat(admitted(limit, start)).isEqualTo(3);
        assertThat(admitted(limit, start + 9)).isZero();
        assertThat(admitted(limit, start + 10)).isEqualTo(1);
        assertThat(admitted(limit, start + 35)).isEqualTo(2);
        assertThat(admitted(limit, start + 1000)).isEqualTo(3);
    }

    @Test
    void takesAnyBurst() {
        RateLimit limit = new RateLimit(Duration.ofDays(1), Integer.MAX_VALUE, 0);
        assertThat(limit.admits(0)).isTrue();
    }

    private static int admitted(RateLimit limit, long now) {
        int count = 0;
        while (count < 100 && limit.admits(now)) {
            count++;
        }
        return count;
    }
}
