// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.highwater.core.OffsetTimeline.Lag;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OffsetTimelineTest {

    private static final long SECOND = 1_000_000_000L;

    private final OffsetTimeline timeline = new OffsetTimeline();

    private void record(double second, long offset) {
        timeline.record((long) (second * SECOND), offset);
    }

    private Lag lag(double second, long offset) {
        return timeline.lag((long) (second * SECOND), offset);
    }

    private static Lag known(double seconds) {
        return new Lag.Known(seconds);
    }

    @Test
    void nothingIsKnownBeforeTheFirstNote() {
        assertThat(lag(1, 100)).isEqualTo(new Lag.Unknown());
        assertThat(timeline.offset(SECOND)).isEmpty();
    }

    @Test
    void anIdleWriterHasNobodyBehindIt() {
        for (int second = 0; second < 100; second++) {
            record(second, 500);
        }

        assertThat(lag(99, 500)).isEqualTo(known(0));
        assertThat(lag(3600, 500)).isEqualTo(known(0));
    }

    @Test
    void aReaderThatKeepsUpHasNoLag() {
        for (int second = 0; second < 100; second++) {
            record(second, second * 10L);
            assertThat(lag(second, second * 10L)).isEqualTo(known(0));
        }
    }

    @Test
    void theLagOfAReaderThatIsCutOffGrowsWithTime() {
        for (int second = 0; second <= 300; second++) {
            record(second, second * 10L);
            if (second >= 100) {
                assertThat(lag(second, 1000)).isEqualTo(known(second - 100));
            }
        }
    }

    @Test
    void aReaderThatIsAlwaysAsFarBehindHasAConstantLag() {
        for (int second = 0; second <= 300; second++) {
            record(second, second * 10L);
            if (second >= 50) {
                assertThat(lag(second, (second - 50) * 10L)).isEqualTo(known(50));
            }
        }
    }

    @Test
    void betweenTwoNotesTheWriterIsTakenToWriteEvenly() {
        record(0, 0);
        record(10, 1000);

        assertThat(lag(10, 250)).isEqualTo(known(7.5));
    }

    @Test
    void aReaderSeenBeforeTheNewestNoteIsMeasuredByWhatWasKnownThen() {
        record(0, 0);
        record(1, 100);
        record(2, 200);

        assertThat(lag(1.5, 100)).isEqualTo(known(0));
        assertThat(lag(1.5, 150)).isEqualTo(known(0));
        assertThat(lag(1.5, 50)).isEqualTo(known(1));
    }

    @Test
    void aReaderBehindAllThatIsRememberedIsAtLeastSoFarBehind() {
        record(10, 1000);
        record(11, 1100);

        assertThat(lag(15, 999)).isEqualTo(new Lag.AtLeast(5));
    }

    @Test
    void aReaderSeenBeforeTheFirstNoteIsUnknownUnlessItWasThereAlready() {
        record(10, 1000);

        assertThat(lag(9, 999)).isEqualTo(new Lag.Unknown());
        assertThat(lag(9, 1000)).isEqualTo(known(0));
    }

    @Test
    void aReaderAtTheEndOfARestIsBehindSinceTheRestEnded() {
        for (int second = 0; second <= 100; second++) {
            record(second, 500);
        }
        record(101, 600);
        record(110, 1500);

        assertThat(lag(110, 500)).isEqualTo(known(10));
        assertThat(lag(110, 550)).isEqualTo(known(9.5));
        assertThat(lag(110, 499)).isEqualTo(new Lag.AtLeast(110));
    }

    @Test
    void aStepBackForgetsTheHistoryThatEndedThere() {
        record(0, 0);
        record(10, 1000);
        record(11, 400);

        assertThat(lag(12, 400)).isEqualTo(known(0));
        assertThat(lag(12, 300)).isEqualTo(new Lag.AtLeast(1));
        assertThat(timeline.offset(12 * SECOND)).isEqualTo(OptionalLong.of(400));
        assertThat(timeline.offset(5 * SECOND)).isEmpty();
    }

    @Test
    void aNoteThatComesLateIsNoStepBack() {
        record(0, 0);
        record(10, 1000);
        record(9, 900);
        record(10, 1001);

        assertThat(lag(10, 0)).isEqualTo(known(10));
        assertThat(timeline.offset(10 * SECOND)).isEqualTo(OptionalLong.of(1000));
    }

    @Test
    void afterClearNothingIsRemembered() {
        record(0, 0);
        record(10, 1000);
        timeline.clear();

        assertThat(lag(10, 500)).isEqualTo(new Lag.Unknown());
    }

    @Test
    void elevenDaysOfASteadyWriterStayInMemory() {
        int seconds = 1_000_000;
        for (int second = 0; second <= seconds; second++) {
            record(second, second * 10L);
        }
        for (long lag = 1; lag <= seconds; lag *= 3) {
            assertThat(lag(seconds, (seconds - lag) * 10L)).isEqualTo(known((double) lag));
        }
        assertThat(lag(seconds, -1)).isEqualTo(new Lag.AtLeast(seconds));
    }

    @Test
    void aLongRestIsNotForgottenWhenMemoryIsThinned() {
        for (int second = 0; second <= 3600; second++) {
            record(second, 500);
        }
        for (int second = 3601; second <= 3600 + 10_000; second++) {
            record(second, 500 + (second - 3600) * 10L);
        }

        assertThat(lag(13_600, 500)).isEqualTo(known(10_000));
    }

    /** Notes so unevenly far apart that none can be left out: the oldest go. */
    @Test
    void memoryNeverOverflows() {
        double untilEnd = 4e18;
        long nanos = 0;
        for (int i = 0; i < 4000; i++) {
            nanos = (long) (4e18 - untilEnd);
            timeline.record(nanos, i);
            untilEnd *= 0.99;
        }

        assertThat(timeline.lag(nanos, 0)).isInstanceOf(Lag.AtLeast.class);
        assertThat(timeline.lag(nanos, 3000)).isInstanceOf(Lag.Known.class);
    }

    /** How a writer works and how it is polled: both by turns quick and slow. */
    record Life(long seed, double shareOfRest, int longestRest, int notes) {}

    @Provide
    Arbitrary<Life> lives() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.of(0.0, 0.01, 0.3, 0.9),
                        Arbitraries.of(1, 10, 1000),
                        Arbitraries.of(100, 3_000, 30_000, 1_000_000))
                .as(Life::new);
    }

    /** The writer is simulated to the second; what is reported is held against when it really passed the offset. */
    @Property(tries = 60)
    void aLagIsWrongByOneGapBetweenNotesOrByAShareOfItselfAtMost(@ForAll("lives") Life life) {
        var random = new Random(life.seed);
        var timeline = new OffsetTimeline();
        var times = new long[life.notes];
        var offsets = new long[life.notes];
        long now = 0;
        long offset = 0;
        long largestGap = 0;
        boolean rests = false;
        int left = 0;
        for (int i = 0; i < life.notes; i++) {
            if (left-- <= 0) {
                rests = random.nextDouble() < life.shareOfRest;
                left = random.nextInt(life.longestRest);
            }
            long gap = SECOND / 2 + random.nextLong(SECOND);
            now += gap;
            largestGap = Math.max(largestGap, gap);
            offset += rests ? 0 : 1 + random.nextInt(1000);
            timeline.record(now, offset);
            times[i] = now;
            offsets[i] = offset;
        }
        for (int probe = 0; probe < 100; probe++) {
            int reached = random.nextInt(life.notes);
            assertWithin(timeline.lag(now, offsets[reached]), trueLag(times, offsets, reached), largestGap);
        }
    }

    /** Since when the writer was beyond the offset: from the last note at it on, as far as the notes tell. */
    private static long trueLag(long[] times, long[] offsets, int reached) {
        int last = reached;
        while (last + 1 < offsets.length && offsets[last + 1] == offsets[reached]) {
            last++;
        }
        return last == offsets.length - 1 ? 0 : times[times.length - 1] - times[last];
    }

    private static void assertWithin(Lag lag, long truth, long gap) {
        double seconds = truth / (double) SECOND;
        double tolerated = seconds / OffsetTimeline.RESOLUTION + gap / (double) SECOND;

        assertThat(lag)
                .isInstanceOfSatisfying(
                        Lag.Known.class, known -> assertThat(known.seconds()).isCloseTo(seconds, within(tolerated)));
    }
}
