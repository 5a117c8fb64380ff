// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OldestTest {

    private static Oldest of(boolean all, double... times) {
        return Oldest.of(Arrays.stream(times).mapToObj(OptionalDouble::of).toList(), all);
    }

    @Test
    void theNextIsTheOldestWhenTimesRise() {
        assertThat(of(false, 3, 5)).isEqualTo(new Oldest(OptionalDouble.of(3), true));
    }

    @Test
    void anotherMayBeBehindWhenTheyFall() {
        assertThat(of(false, 9, 7)).isEqualTo(new Oldest(OptionalDouble.of(7), false));
        assertThat(of(true, 9, 7)).isEqualTo(new Oldest(OptionalDouble.of(7), true));
        assertThat(of(false, 9, 2, 4)).isEqualTo(new Oldest(OptionalDouble.of(2), true));
    }

    @Test
    void isNotKnownWhenOneHasNoTime() {
        var times = List.of(OptionalDouble.of(5), OptionalDouble.empty());
        assertThat(Oldest.of(times, true).since()).isEmpty();
    }

    @Test
    void ofSeveralListsIsTheOlder() {
        assertThat(of(true, 5).or(of(false, 4))).isEqualTo(new Oldest(OptionalDouble.of(4), false));
        assertThat(of(true).or(of(true, 4))).isEqualTo(new Oldest(OptionalDouble.of(4), true));
    }

    /** However jobs are pushed and taken at both ends. */
    @Property
    void exactIsNeverWrong(@ForAll List<Boolean> first, @ForAll List<Boolean> takes) {
        var jobs = new ArrayDeque<Double>();
        double now = 0;
        for (int i = 0; i < first.size(); i++) {
            now++;
            if (first.get(i)) {
                jobs.addFirst(now);
            } else {
                jobs.addLast(now);
            }
            if (i < takes.size() && takes.get(i)) {
                jobs.removeFirst();
            }
        }
        for (int seen = 1; seen <= jobs.size(); seen++) {
            var next = new ArrayList<>(jobs)
                    .subList(0, seen).stream().map(OptionalDouble::of).toList();
            var oldest = Oldest.of(next, seen == jobs.size());
            double truth = jobs.stream().mapToDouble(time -> time).min().orElseThrow();
            assertThat(oldest.since().orElseThrow()).isGreaterThanOrEqualTo(truth);
            if (oldest.exact()) {
                assertThat(oldest.since()).hasValue(truth);
            }
        }
    }
}
