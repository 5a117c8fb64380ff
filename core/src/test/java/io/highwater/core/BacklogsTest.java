// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogsTest {

    private static final long UNKNOWN = -1;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** A property's tries share an instance of the test, and each begins with none. */
    private Backlogs backlogs = new Backlogs("db");

    private static Backlog backlog(String name, double second, double items, long arrivals, long completions) {
        return new Backlog(
                "queue",
                name,
                items == UNKNOWN ? OptionalDouble.empty() : OptionalDouble.of(items),
                OptionalDouble.empty(),
                arrivals == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(arrivals),
                completions == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(completions),
                Math.round(second * 1e9));
    }

    private void see(double second, double items, long arrivals, long completions) {
        backlogs.see(List.of(backlog("mail", second, items, arrivals, completions)));
    }

    /** What is exposed, by the part of the name that differs. */
    private Map<String, Double> shown() {
        var samples = Samples.of(new Target("orders", "db", "", Map.of()));
        backlogs.addTo(samples);
        return samples.toString()
                .lines()
                .collect(toMap(
                        line -> line.substring("ha_backlog_".length(), line.indexOf('{')),
                        line -> Double.valueOf(
                                line.substring(line.lastIndexOf(' ') + 1).replace("+Inf", "Infinity"))));
    }

    @Test
    void ofOneNoteOnlyThatIsKnownWhichNeedsNoTime() {
        see(0, 7, 100, 93);

        assertThat(shown()).containsExactly(entry("items", 7.0));
    }

    @Test
    void withoutItemsNothingIsLeftToDoAndNothingHasToWaitWhateverTheRates() {
        see(0, 0, UNKNOWN, UNKNOWN);

        assertThat(shown()).containsOnly(entry("items", 0.0), entry("drain_seconds", 0.0), entry("wait_seconds", 0.0));
    }

    @Test
    void theLabelsAreThoseOfAQuorumMargin() {
        see(0, 7, UNKNOWN, UNKNOWN);
        var samples = Samples.of(new Target("orders", "db", "", Map.of()));
        backlogs.addTo(samples);

        assertThat(samples)
                .hasToString("ha_backlog_items{cluster=\"orders\",component=\"db\",unit=\"queue\",name=\"mail\"} 7\n");
        assertThat(Backlogs.FAMILIES)
                .allSatisfy(family -> assertThat(family.labels()).isEqualTo(Ha.QUORUM_MARGIN.labels()));
    }

    @Test
    void theOldestAgeIsThatOfTheNewestNote() {
        for (double age : new double[] {3, 5}) {
            backlogs.see(List.of(new Backlog(
                    "queue",
                    "mail",
                    OptionalDouble.empty(),
                    OptionalDouble.of(age),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    (long) age)));
        }

        assertThat(shown()).containsExactly(entry("oldest_age_seconds", 5.0));
    }

    @Test
    void whatShrinksIsEmptyAfterItsItemsAtTheDifferenceOfBothRates() {
        see(0, 120, 1000, 880);
        see(10, 90, 1020, 930);

        assertThat(shown())
                .containsOnly(
                        entry("items", 90.0),
                        entry("arrival_rate", 2.0),
                        entry("completion_rate", 5.0),
                        entry("drain_seconds", 30.0),
                        entry("wait_seconds", 18.0));
    }

    @Test
    void whatGrowsOrStandsIsNeverEmpty() {
        see(0, 10, 100, 90);
        see(10, 20, 120, 100);
        assertThat(shown()).containsEntry("drain_seconds", INFINITY).containsEntry("wait_seconds", 20.0);

        see(70, 20, 180, 160);
        see(130, 20, 240, 220);
        assertThat(shown()).containsEntry("drain_seconds", INFINITY).containsEntry("wait_seconds", 20.0);
    }

    @Test
    void whileNothingIsDoneWhatComesWaitsForEver() {
        see(0, 10, 100, 90);
        see(10, 20, 110, 90);

        assertThat(shown()).containsEntry("completion_rate", 0.0).containsEntry("wait_seconds", INFINITY);
    }

    @Test
    void oneCountAndTheItemsMakeTheOther() {
        see(0, 120, UNKNOWN, 880);
        see(10, 90, UNKNOWN, 930);
        var byCompletions = shown();
        backlogs.see(List.of());
        see(20, 120, 1000, UNKNOWN);
        see(30, 90, 1020, UNKNOWN);

        assertThat(shown()).isEqualTo(byCompletions);
        assertThat(byCompletions)
                .contains(entry("arrival_rate", 2.0), entry("completion_rate", 5.0), entry("drain_seconds", 30.0));
    }

    @Test
    void withoutAnyCountThereAreNoRatesButTheItemsTellWhenTheyAreGone() {
        see(0, 120, UNKNOWN, UNKNOWN);
        see(10, 90, UNKNOWN, UNKNOWN);

        assertThat(shown()).containsOnly(entry("items", 90.0), entry("drain_seconds", 30.0));
    }

    @Test
    void countsWithoutItemsAreRatesAlone() {
        see(0, UNKNOWN, 100, 90);
        see(10, UNKNOWN, 130, 95);

        assertThat(shown()).containsOnly(entry("arrival_rate", 3.0), entry("completion_rate", 0.5));
    }

    @Test
    void oneCountWithoutItemsDoesNotMakeTheOther() {
        see(0, UNKNOWN, 100, UNKNOWN);
        see(10, UNKNOWN, 130, UNKNOWN);

        assertThat(shown()).containsOnly(entry("arrival_rate", 3.0));
    }

    @Test
    void whatWasNotKnownForAMomentIsBridged() {
        see(0, 120, 1000, UNKNOWN);
        see(20, UNKNOWN, UNKNOWN, UNKNOWN);
        see(40, 60, 1040, UNKNOWN);

        assertThat(shown()).contains(entry("arrival_rate", 1.0), entry("completion_rate", 2.5));
    }

    @Test
    void notesThatAreTooNearMakeNoRate() {
        see(0, 7, 100, 93);
        see(2.9, 7, 103, 96);
        assertThat(shown()).containsOnlyKeys("items");

        see(3, 7, 103, 96);
        assertThat(shown()).containsEntry("arrival_rate", 1.0);
    }

    @Test
    void readsOfTwoMomentsDoNotMakeARateBelowZero() {
        see(0, 10, UNKNOWN, 100);
        see(10, 7, UNKNOWN, 102);

        assertThat(shown()).containsEntry("arrival_rate", 0.0).containsEntry("completion_rate", 0.2);
    }

    @Test
    void aNoteThatIsNotNewerChangesNothing() {
        see(0, 10, 100, 90);
        see(10, 20, 120, 100);
        var before = shown();
        see(10, 5000, 5, 1);
        see(9, 5000, 5, 1);

        assertThat(shown()).isEqualTo(before);
    }

    @Test
    void aGapWithoutNotesIsBridgedByTheCounts() {
        see(0, 10, 100, 90);
        see(10, 10, 110, 100);
        see(610, 10, 710, 700);

        assertThat(shown()).contains(entry("arrival_rate", 1.0), entry("completion_rate", 1.0));
    }

    @Test
    void afterACountSteppedBackTheHistoryBeginsAnew() {
        see(0, 10, 1_000_000, 999_990);
        see(10, 10, 1_000_100, 1_000_090);
        see(20, 50, 50, 0);
        assertThat(shown()).containsOnlyKeys("items");

        see(30, 60, 80, 20);
        assertThat(shown()).contains(entry("arrival_rate", 3.0), entry("completion_rate", 2.0));
    }

    @Test
    void aCountThatSteppedBackWhileItWasNotKnownIsNoticedToo() {
        see(0, 10, 1000, UNKNOWN);
        see(10, 10, UNKNOWN, UNKNOWN);
        see(20, 10, 5, UNKNOWN);

        assertThat(shown()).containsOnlyKeys("items");
    }

    @Test
    void whatIsNotAmongThemIsForgotten() {
        var other = backlog("push", 0, 1, UNKNOWN, UNKNOWN);
        backlogs.see(List.of(backlog("mail", 0, 10, 100, 90), other));
        backlogs.see(List.of(other));
        assertThat(shown()).containsOnly(entry("items", 1.0));

        see(10, 20, 120, 100);
        assertThat(shown()).containsOnly(entry("items", 20.0));
    }

    @Test
    void eachHasAHistoryOfItsOwn() {
        backlogs.see(List.of(backlog("mail", 0, 10, UNKNOWN, 0), backlog("push", 0, 100, UNKNOWN, 0)));
        backlogs.see(List.of(backlog("mail", 10, 10, UNKNOWN, 10), backlog("push", 10, 50, UNKNOWN, 50)));
        var samples = Samples.of(new Target("orders", "db", "", Map.of()));
        backlogs.addTo(samples);

        assertThat(samples.toString())
                .contains(
                        "ha_backlog_completion_rate{cluster=\"orders\",component=\"db\",unit=\"queue\",name=\"mail\"} 1\n")
                .contains(
                        "ha_backlog_completion_rate{cluster=\"orders\",component=\"db\",unit=\"queue\",name=\"push\"} 5\n");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN})
    void itemsAreNotBelowZero(double items) {
        var unknown = OptionalLong.empty();

        assertThatThrownBy(() -> new Backlog(
                        "queue", "mail", OptionalDouble.of(items), OptionalDouble.empty(), unknown, unknown, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 5, 7, 15, 60, 90})
    void aRateForgetsWhatWasLongerAgoThanAMinuteOrTwoNotes(double interval) {
        double now = 0;
        long done = 0;
        for (; now < 300; now += interval) {
            done = Math.round(now * 1000);
            see(now, 5, UNKNOWN, done);
        }
        double slower = now;
        for (; now < slower + 60 + 2 * Math.max(10, interval); now += interval) {
            see(now, 5, UNKNOWN, done + Math.round(now - slower));
        }

        assertThat(shown().get("completion_rate")).isCloseTo(1, within(0.02));
    }

    /** A backend that works at constant rates, and when it is looked at. */
    record Steady(long seed, double arrivals, double completions, double longestGap, int notes, int known) {}

    @Provide
    Arbitrary<Steady> steady() {
        var rate = Arbitraries.doubles().between(0, 5000);
        return Combinators.combine(
                        Arbitraries.longs(),
                        rate,
                        rate,
                        Arbitraries.of(0.2, 2.0, 15.0, 60.0, 600.0),
                        Arbitraries.integers().between(2, 400),
                        Arbitraries.integers().between(0, 2))
                .as(Steady::new);
    }

    @Property(tries = 300)
    void constantRatesAreFoundHoweverOftenOneLooks(@ForAll("steady") Steady life) {
        backlogs = new Backlogs("db");
        var random = new Random(life.seed);
        double started = random.nextDouble() * 1e6;
        double now = 0;
        double left = life.completions * life.longestGap * life.notes;
        for (int i = 0; i < life.notes; i++) {
            long came = (long) (left + life.arrivals * now);
            long done = (long) (life.completions * now);
            see(
                    started + now,
                    (double) (came - done),
                    life.known == 1 ? UNKNOWN : came,
                    life.known == 2 ? UNKNOWN : done);
            now += 0.01 + random.nextDouble() * life.longestGap;
        }
        var rates = shown();

        if (rates.containsKey("arrival_rate")) {
            double rounding = 2.0 / BacklogHistory.SHORTEST.toSeconds() + 1e-3;
            assertThat(rates.get("arrival_rate")).isCloseTo(life.arrivals, within(rounding));
            assertThat(rates.get("completion_rate")).isCloseTo(life.completions, within(rounding));
        } else {
            assertThat(now).isLessThan(BacklogHistory.SHORTEST.toSeconds() + life.longestGap + 1);
        }
    }

    /** A backend that starts from nothing again and again, looked at seldom enough that not every step back shows. */
    @Property(tries = 300)
    void noResetMakesARateThatTheBackendNeverHad(
            @ForAll long seed, @ForAll("lives") int restartEvery, @ForAll("known") int known) {
        backlogs = new Backlogs("db");
        var random = new Random(seed);
        double most = 100;
        double came = 0;
        double done = 0;
        var rates = new ArrayList<Double>();
        for (int second = 0; second < 600; second++) {
            if (random.nextInt(restartEvery) == 0) {
                came = 0;
                done = 0;
            }
            came += random.nextDouble() * most;
            done = Math.min(came, done + random.nextDouble() * most);
            if (random.nextInt(5) == 0) {
                long arrived = (long) came;
                long completed = (long) done;
                see(
                        second,
                        (double) (arrived - completed),
                        known == 1 ? UNKNOWN : arrived,
                        known == 2 ? UNKNOWN : completed);
                shown().forEach((name, value) -> {
                    assertThat(value).isNotNegative();
                    if (name.endsWith("_rate")) {
                        rates.add(value);
                    }
                });
            }
        }

        double rounding = 2.0 / BacklogHistory.SHORTEST.toSeconds();
        assertThat(rates).isNotEmpty().allSatisfy(rate -> assertThat(rate).isBetween(0.0, most + rounding));
    }

    @Provide
    Arbitrary<Integer> lives() {
        return Arbitraries.of(10, 30, 100, 10_000);
    }

    @Provide
    Arbitrary<Integer> known() {
        return Arbitraries.of(0, 1, 2);
    }
}
