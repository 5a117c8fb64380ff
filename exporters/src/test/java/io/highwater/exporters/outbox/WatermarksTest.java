// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.outbox.Numbers.Counters;
import io.highwater.exporters.outbox.Numbers.Numbering;
import io.highwater.exporters.outbox.Watermarks.Totals;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private final Watermarks marks = new Watermarks();
    private long now;

    @Test
    void aLittleLessIsNoFall() {
        see(100, 90);
        assertThat(see(99, 80)).isEqualTo(totals(100, 90));
        assertThat(see(101, 91)).isEqualTo(totals(101, 91));
    }

    @Test
    void anotherHistoryBeginsAnew() {
        see(100, 90);
        assertThat(see(3, 1)).isEqualTo(totals(3, 1));
        numbered(100, 10, "1/1");
        numbered(101, 10);
        assertThat(numbered(40, 10, "1/2")).isEqualTo(enqueued(40));
    }

    @Test
    void whatIsNotKnownIsNot() {
        assertThat(marks.see(Counters.UNKNOWN, now)).isEqualTo(new Totals(OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void whatIsBeingWrittenIsNotDone() {
        assertThat(numbered(10, 4)).isEqualTo(totals(10, 6));
        assertThat(numbered(1010, 4, "2/7")).isEqualTo(totals(1010, 6));
        assertThat(numbered(1010, 3, "2/7")).isEqualTo(totals(1010, 7));
        assertThat(numbered(1010, 1003)).isEqualTo(totals(1010, 7));
        assertThat(numbered(1010, 1000)).isEqualTo(totals(1010, 10));
    }

    @Test
    void itIsDoneWhenTheTransactionsOfThatTimeHaveEndedThoughOthersWrite() {
        numbered(10, 0);
        assertThat(numbered(20, 0, "1/1", "2/1")).isEqualTo(totals(20, 10));
        assertThat(numbered(30, 0, "2/1", "3/1")).isEqualTo(totals(30, 10));
        assertThat(numbered(40, 0, "3/1", "1/2")).isEqualTo(totals(40, 20));
        assertThat(numbered(50, 5, "4/1")).isEqualTo(totals(50, 35));
    }

    @Test
    void aReadingThatIsSeenTwiceIsOne() {
        numbered(10, 0);
        var first = numbered(20, 0, "1/1");
        assertThat(marks.see(counters(20, 0, "1/1"), now)).isEqualTo(first);
        assertThat(numbered(20, 0)).isEqualTo(totals(20, 20));
    }

    @Test
    void untilThenNothingIsKnownAtAll() {
        assertThat(numbered(10, 4, "1/1")).isEqualTo(enqueued(10));
        assertThat(numbered(10, 4)).isEqualTo(totals(10, 6));
    }

    @Test
    void whoWritesForLongerThanAMinuteIsNotWaitedFor() {
        numbered(10, 0);
        numbered(20, 0, "1/1");
        now += Duration.ofSeconds(59).toNanos();
        assertThat(numbered(30, 0, "1/1")).isEqualTo(totals(30, 10));
        now += Duration.ofSeconds(1).toNanos();
        assertThat(numbered(30, 0, "1/1")).isEqualTo(totals(30, 20));
    }

    private Totals see(long enqueued, long processed) {
        return marks.see(
                new Counters(
                        OptionalLong.of(enqueued), OptionalLong.of(processed), OptionalLong.empty(), Optional.empty()),
                ++now);
    }

    private Totals numbered(long rows, long remaining, String... writers) {
        return marks.see(counters(rows, remaining, writers), ++now);
    }

    private static Counters counters(long rows, long remaining, String... writers) {
        var numbering = new Numbering(rows, OptionalLong.of(remaining), Set.of(writers));
        return new Counters(OptionalLong.of(rows), OptionalLong.empty(), OptionalLong.empty(), Optional.of(numbering));
    }

    private static Totals totals(long enqueued, long processed) {
        return new Totals(OptionalLong.of(enqueued), OptionalLong.of(processed));
    }

    private static Totals enqueued(long rows) {
        return new Totals(OptionalLong.of(rows), OptionalLong.empty());
    }
}
