// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Backlogs;
import io.highwater.core.CollectionObserver;
import io.highwater.core.ForeignSeries;
import io.highwater.core.Ha;
import io.highwater.core.Samples;
import io.highwater.core.Shop;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import io.highwater.core.VirtualStore;
import io.highwater.scaler.signal.SignalState.Quality;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private final Set<String> told = new HashSet<>();
    private final Origins origins = new Origins(List.of(new Shop()));
    private final VirtualStore time;
    private final Signals signals;
    private final Slot northPulse;
    private final Slot northStock;
    private final Slot southPulse;
    private final Slot southStock;
    private final Slot derived;

    SignalsTest() {
        var watching = new Signals[1];
        time = new VirtualStore(new CollectionObserver() {
            @Override
            public void collected(Slot slot, Snapshot snapshot) {
                watching[0].collected(slot, snapshot);
            }

            @Override
            public void skipped(Slot slot, Skip why) {
                watching[0].skipped(slot, why);
            }
        });
        signals = new Signals(origins, time.store(), fresh -> fresh.forEach(signal -> told.add(signal.name())));
        watching[0] = signals;
        var north = new Target("city", "shop", "north", Map.of());
        var south = new Target("city", "shop", "south", Map.of());
        northPulse = time.slot(north, "pulse", Shop.UP);
        northStock = time.slot(north, "stock", Shop.UP);
        southPulse = time.slot(south, "pulse", Shop.UP);
        southStock = time.slot(south, "stock", Shop.UP);
        derived = time.slot(new Target("city", "shop", "", Map.of()), "cluster", Shop.UP);
    }

    private static Settings items() {
        return new Settings("shop_items");
    }

    private SignalState state(String name) {
        return signals.find(name).orElseThrow().state(time.nanos());
    }

    private double number(String name) {
        var state = state(name);
        assertThat(state.quality()).as(state.reason()).isEqualTo(Quality.FRESH);
        assertThat(state.values()).hasSize(1);
        return state.values().getFirst().number();
    }

    private void collect(Slot pulse, Slot stock, Consumer<Samples> with) {
        time.collect(pulse, _ -> {});
        time.collect(stock, with);
    }

    private void north(double bread, double milk) {
        collect(northPulse, northStock, out -> {
            out.add(Shop.ITEMS, bread, "1", "bread");
            out.add(Shop.ITEMS, milk, "2", "milk");
        });
    }

    private void south(double bread) {
        collect(southPulse, southStock, out -> out.add(Shop.ITEMS, bread, "1", "bread"));
    }

    private void apply(String name, Settings settings) {
        signals.apply(Map.of(name, settings.build()));
    }

    @Test
    void itIsTheAggregateOfTheSeriesThatMatch() {
        signals.apply(Map.of(
                "sum", items().build(),
                "max", items().aggregate(Aggregate.MAX).build(),
                "min", items().aggregate(Aggregate.MIN).build(),
                "avg", items().aggregate(Aggregate.AVG).build(),
                "count", items().aggregate(Aggregate.COUNT).build(),
                "bread", items().where("kind", "bread").build(),
                "b", items().where("kind", "b*").build(),
                "north", items().where("node", "north").build(),
                "none", items().where("kind", "tea").build()));
        north(10, 20);
        south(3);
        assertThat(number("sum")).isEqualTo(33);
        assertThat(number("max")).isEqualTo(20);
        assertThat(number("min")).isEqualTo(3);
        assertThat(number("avg")).isEqualTo(11);
        assertThat(number("count")).isEqualTo(3);
        assertThat(number("bread")).isEqualTo(13);
        assertThat(number("b")).isEqualTo(13);
        assertThat(number("north")).isEqualTo(30);
        assertThat(state("none").quality()).isEqualTo(Quality.DEAD);
        assertThat(state("none").reason()).contains("no series of shop_items matches");
        assertThat(told).contains("sum", "none");
    }

    @Test
    void itHasANumberForEachCombinationOfLabels() {
        apply("by-kind", items().by("kind"));
        north(10, 20);
        south(3);
        assertThat(state("by-kind").values())
                .extracting(value -> value.labels().get("kind") + "=" + value.number())
                .containsExactlyInAnyOrder("bread=13.0", "milk=20.0");
    }

    @Test
    void anErrorUntilTheFirstSample() {
        apply("all", items());
        assertThat(state("all").reason()).contains("city/shop/north has not answered since the start");
        north(10, 20);
        assertThat(state("all").reason()).contains("city/shop/south has not answered since the start");
        south(3);
        assertThat(number("all")).isEqualTo(33);
    }

    @Test
    void aNodeThatDoesNotAnswerMakesItStaleAndThenDeadAndNeverLess() {
        apply("all", items());
        north(10, 20);
        south(3);
        for (int second = 0; second < 600; second++) {
            time.pass(Duration.ofSeconds(1));
            north(10, 20);
            time.fail(southPulse);
            time.fail(southStock);
            var state = state("all");
            if (second >= 3) {
                assertThat(state.quality()).isEqualTo(second < 300 ? Quality.STALE : Quality.DEAD);
                assertThat(state.reason()).contains("city/shop/south does not answer", "no end within 2000 ms");
            }
            assertThat(state.sum()).isEqualTo(33);
        }
    }

    @Test
    void afterItWasDeadItTakesSeveralGoodSamples() {
        apply("south", items().where("node", "south"));
        south(3);
        time.pass(Duration.ofMinutes(6));
        assertThat(state("south").quality()).isEqualTo(Quality.DEAD);
        for (int sample = 1; sample <= 2; sample++) {
            south(sample);
            assertThat(state("south").quality()).isEqualTo(Quality.DEAD);
            assertThat(state("south").reason()).contains("after " + (3 - sample) + " more good samples");
            time.pass(Duration.ofSeconds(1));
        }
        south(9);
        assertThat(number("south")).isEqualTo(9);
    }

    @Test
    void withPartialTheNodesThatAnswerAreEnough() {
        apply("all", items().evenInPart());
        north(10, 20);
        south(3);
        time.pass(Duration.ofSeconds(4));
        north(10, 20);
        time.fail(southPulse);
        time.fail(southStock);
        assertThat(number("all")).isEqualTo(30);
    }

    @Test
    void aSeriesThatIsGoneIsHeldAndForgottenWhenAllNodesAreSureOfIt() {
        apply("all", items());
        north(10, 20);
        south(3);
        for (int second = 1; second <= 310; second++) {
            time.pass(Duration.ofSeconds(1));
            collect(northPulse, northStock, out -> out.add(Shop.ITEMS, 10, "1", "bread"));
            south(3);
            var state = state("all");
            if (second > 3 && second <= 300) {
                assertThat(state.quality()).isEqualTo(Quality.STALE);
                assertThat(state.reason()).contains("a series of shop_items is gone from city/shop/north");
            }
        }
        assertThat(number("all")).isEqualTo(13);
    }

    @Test
    void absentIsItsNumberOnlyWhileAllNodesAnswer() {
        var backlog = new Settings("ha_backlog_items").where("name", "bread");
        signals.apply(
                Map.of("strict", backlog.build(), "zero", backlog.absent(0).build()));
        north(1, 1);
        south(1);
        time.collect(derived, _ -> {});
        assertThat(state("strict").quality()).isEqualTo(Quality.DEAD);
        assertThat(number("zero")).isZero();
        time.pass(Duration.ofSeconds(1));
        time.fail(southPulse);
        time.collect(derived, _ -> {});
        assertThat(state("zero").quality()).isEqualTo(Quality.DEAD);
        assertThat(state("zero").reason()).contains("not all nodes answer");
    }

    @Test
    void whatIsDerivedFromADeadSourceIsHeldAndNeverZero() {
        apply("backlog", new Settings("ha_backlog_items").where("name", "bread").absent(0));
        for (int second = 0; second < 400; second++) {
            boolean dead = second > 10;
            if (dead) {
                time.fail(northPulse);
                time.fail(southPulse);
            } else {
                north(1, 1);
                south(1);
            }
            time.collect(derived, out -> {
                if (!dead) {
                    out.add(Backlogs.ITEMS, 500, "shop", "shelf", "bread");
                }
            });
            var state = state("backlog");
            assertThat(state.quality() == Quality.DEAD && state.values().isEmpty() ? 500 : state.sum())
                    .isEqualTo(500);
            if (second > 14) {
                assertThat(state.quality()).isNotEqualTo(Quality.FRESH);
            }
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(state("backlog").quality()).isEqualTo(Quality.DEAD);
    }

    @Test
    void aRateSurvivesARestartOfTheCounterAndNeedsHalfItsWindow() {
        apply("sales", new Settings("shop_sold_total").where("node", "north").rate(Duration.ofSeconds(60)));
        double sold = 1000;
        for (int second = 0; second <= 100; second++) {
            double now = second == 50 ? 0 : sold + 5;
            sold = now;
            collect(northPulse, northStock, out -> out.add(Shop.SOLD, now, "1"));
            if (second == 20) {
                assertThat(state("sales").reason()).contains("not half full");
            }
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(number("sales")).isBetween(4.5, 5.1);
    }

    @Test
    void aSlopeIsTheChangePerSecond() {
        apply("trend", items().where("node", "south").slope(Duration.ofSeconds(30)));
        for (int second = 0; second <= 40; second++) {
            south(1000 - 2 * second + (second % 2));
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(number("trend")).isBetween(-2.1, -1.9);
    }

    @Test
    void whereMayAskForTheNodeThatIsPrimaryNow() {
        apply("primary", items().where("role", "primary"));
        north(10, 20);
        south(3);
        assertThat(state("primary").reason()).contains("no node has the role primary now");
        roles("north", "primary", "south", "replica");
        assertThat(number("primary")).isEqualTo(30);
        time.pass(Duration.ofSeconds(1));
        south(4);
        roles("south", "primary");
        assertThat(number("primary")).isEqualTo(4);
    }

    private void roles(String... nodesAndRoles) {
        time.collect(derived, out -> {
            for (int i = 0; i < nodesAndRoles.length; i += 2) {
                out.add(Ha.ROLE, 1, "shop", nodesAndRoles[i], nodesAndRoles[i + 1]);
            }
        });
    }

    @Test
    void whatIsInfiniteIsAnError() {
        apply("drain", new Settings("ha_backlog_drain_seconds"));
        north(1, 1);
        south(1);
        time.collect(derived, out -> out.add(Backlogs.DRAIN, Double.POSITIVE_INFINITY, "shop", "shelf", "bread"));
        assertThat(state("drain").quality()).isEqualTo(Quality.DEAD);
        assertThat(state("drain").reason()).contains("infinite");
    }

    @Test
    void aReloadKeepsWhatIsAsBeforeAndStartsTheRestWithWhatIsKnown() {
        apply("all", items());
        north(10, 20);
        south(3);
        var before = signals.find("all").orElseThrow();
        signals.apply(Map.of(
                "all", items().build(), "new", items().where("kind", "milk").build()));
        assertThat(signals.find("all")).containsSame(before);
        assertThat(number("new")).isEqualTo(20);
        signals.apply(Map.of());
        assertThat(signals.find("all")).isEmpty();
    }

    @Test
    void aQueryThatWasNotAnsweredIsNotZero() {
        var pulse = time.slot(new Target("city", "prometheus", "prom-1", Map.of()), "pulse", Shop.UP);
        var queries = time.slot(new Target("city", "prometheus", "", Map.of()), "cluster", Shop.UP);
        signals.apply(Map.of("rps", Settings.query("rps").absent(0).build()));
        var ofTwo = List.of(
                new ForeignSeries.Series("rps", Map.of("pod", "a"), 30),
                new ForeignSeries.Series("rps", Map.of("pod", "b"), 12),
                new ForeignSeries.Series("other", Map.of(), 1000));
        time.collect(pulse, _ -> {});
        time.collect(queries, out -> out.fact(new ForeignSeries(List.of(), Set.of("rps"))));
        assertThat(state("rps").reason()).isEqualTo("query rps was not answered");
        time.collect(queries, out -> out.fact(new ForeignSeries(List.of(), Set.of())));
        assertThat(number("rps")).isZero();
        time.collect(queries, out -> out.fact(new ForeignSeries(ofTwo, Set.of())));
        assertThat(number("rps")).isEqualTo(42);
        time.pass(Duration.ofSeconds(4));
        time.collect(pulse, _ -> {});
        time.collect(queries, out -> out.fact(new ForeignSeries(List.of(), Set.of("rps"))));
        assertThat(state("rps").quality()).isEqualTo(Quality.STALE);
        assertThat(state("rps").sum()).isEqualTo(42);
    }
}
