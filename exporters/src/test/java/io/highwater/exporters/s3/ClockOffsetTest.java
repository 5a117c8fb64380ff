// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.highwater.core.Samples;
import io.highwater.core.Target;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final ClockOffset offset = new ClockOffset(InstantSource.fixed(NOON));

    private String exposed() {
        var out = Samples.of(new Target("store", "s3", "s3", Map.of()));
        offset.addTo(out);
        return out.toString().strip();
    }

    private double value() {
        return Double.parseDouble(exposed().substring(exposed().lastIndexOf(' ') + 1));
    }

    @Test
    void oneAnswerIsGoodForHalfASecond() {
        offset.note(NOON.plusSeconds(10), NOON, 0);
        assertThat(value()).isCloseTo(10.5, within(1e-9));
    }

    /** The second changed between the two: that is where the server's clock is. */
    @Test
    void severalAnswersNarrowIt() {
        offset.note(NOON, NOON.plusMillis(900), 0.01);
        offset.note(NOON.plusSeconds(1), NOON.plusMillis(1010), 0.01);
        assertThat(value()).isCloseTo(0.05, within(0.06));
    }

    @Test
    void aSlowAnswerSaysLess() {
        offset.note(NOON, NOON.plusSeconds(4), 4);
        assertThat(value()).isCloseTo(-1.5, within(1e-9));
    }

    @Test
    void nothingIsSaidOfAClockThatJumpedOrOfNone() {
        assertThat(exposed()).isEmpty();
        offset.note(NOON, NOON, 0.1);
        offset.note(NOON.plusSeconds(60), NOON, 0.1);
        assertThat(exposed()).isEmpty();
    }
}
