// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private final Watermarks marks = new Watermarks();

    @Test
    void aLittleLessIsNoFall() {
        see(100, 90);
        assertThat(see(99, 80)).isEqualTo("100 90");
        assertThat(see(101, 91)).isEqualTo("101 91");
    }

    @Test
    void anotherHistoryBeginsAnew() {
        see(100, 90);
        assertThat(see(3, 1)).isEqualTo("3 1");
    }

    @Test
    void whatIsNotKnownIsNot() {
        assertThat(marks.enqueued(OptionalLong.empty())).isEmpty();
        assertThat(marks.processed(OptionalLong.empty())).isEmpty();
    }

    private String see(long enqueued, long processed) {
        return marks.enqueued(OptionalLong.of(enqueued)).orElseThrow() + " "
                + marks.processed(OptionalLong.of(processed)).orElseThrow();
    }
}
