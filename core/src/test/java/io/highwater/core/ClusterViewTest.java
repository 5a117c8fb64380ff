// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static io.highwater.core.Specimens.COMMITS;
import static io.highwater.core.Specimens.aged;
import static io.highwater.core.Specimens.collected;
import static io.highwater.core.Specimens.failed;
import static io.highwater.core.Specimens.slot;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ClusterViewTest {

    /** What a node of these tests tells. */
    record Role(String node, boolean primary) {}

    private final Slot one = slot("db-1", "roles");
    private final Slot two = slot("db-2", "roles");
    private final Slot derived = new Slot(new Target("orders", "db", "", Map.of()), "cluster", Specimens.MINUTELY);
    private final RecordedCollections recorded = new RecordedCollections();
    private final SnapshotStore store = new SnapshotStore();

    private ClusterView view(Derivation derivation) {
        store.add(List.of(one, two, derived), List.of());
        return new ClusterView(store, recorded, derivation, List.of(one, two), "roles", derived);
    }

    private static void countPrimaries(List<Snapshot> nodes, long now, Samples out) {
        long primaries = nodes.stream()
                .flatMap(snapshot -> snapshot.fact().stream())
                .filter(fact -> ((Role) fact).primary)
                .count();
        out.add(Ha.PRIMARY_COUNT, (double) primaries, "db");
    }

    private static Snapshot role(Slot slot, boolean primary) {
        return collected(slot, samples -> {
            samples.add(COMMITS, 1);
            samples.fact(new Role(slot.target().node(), primary));
        });
    }

    private String derivedLines() {
        return derived.latest().orElseThrow().lines().toString();
    }

    @Test
    void everyFactChangesWhatIsDerived() {
        var view = view(ClusterViewTest::countPrimaries);

        view.publish(one, role(one, true));
        assertThat(derivedLines()).isEqualTo("[ha_primary_count{cluster=\"orders\",component=\"db\"} 1\n]");
        view.publish(two, role(two, true));
        assertThat(derivedLines()).contains("} 2\n");
        view.publish(one, role(one, false));
        assertThat(derivedLines()).contains("} 1\n");
    }

    /** Counts the primaries, seldom. */
    private static final class AtItsPace implements Derivation {
        private final AtomicInteger derivations = new AtomicInteger();

        @Override
        public void derive(List<Snapshot> nodes, long nowNanos, Samples out) {
            derivations.incrementAndGet();
            countPrimaries(nodes, nowNanos, out);
        }

        @Override
        public Duration pace() {
            return Duration.ofMillis(300);
        }
    }

    @Test
    void aDerivationWithAPaceIsMadeOfAllThatCameMeanwhile() {
        var seldom = new AtItsPace();
        var view = view(seldom);

        view.publish(one, role(one, false));
        assertThat(seldom.derivations).as("the first at once").hasValue(1);
        for (int i = 0; i < 1000; i++) {
            view.publish(one, role(one, i == 999));
            view.publish(two, role(two, i == 999));
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(derivedLines()).contains("} 2\n"));
        assertThat(seldom.derivations.get()).as("of 2001").isBetween(2, 100);
    }

    @Test
    void whatIsDerivedMayHandOnAFactToo() {
        var view = view((nodes, _, out) -> out.fact(new Role("all", nodes.size() > 1)));
        view.publish(one, role(one, true));
        assertThat(derived.latest().orElseThrow().fact()).hasValue(new Role("all", false));
        view.publish(two, role(two, true));
        assertThat(derived.latest().orElseThrow().fact()).hasValue(new Role("all", true));
    }

    @Test
    void aSnapshotThatLacksTheFactOfTheOneBeforeChangesItToo() {
        var view = view(ClusterViewTest::countPrimaries);
        view.publish(one, role(one, true));
        view.publish(one, collected(one, samples -> samples.add(COMMITS, 1)));

        assertThat(derivedLines()).contains("} 0\n");
    }

    @Test
    void onlyThePulseIsFollowedWithoutAFact() {
        var sizes = slot("db-1", "sizes");
        var derivations = new AtomicInteger();
        var view = view((_, _, _) -> derivations.incrementAndGet());

        view.publish(sizes, collected(sizes, samples -> samples.add(COMMITS, 1)));
        assertThat(derivations).hasValue(0);
        view.publish(sizes, failed(sizes, Reason.REFUSED));
        assertThat(derivations).hasValue(1);
        view.publish(sizes, collected(sizes, samples -> samples.add(COMMITS, 1)));
        assertThat(derivations).hasValue(2);
        view.publish(sizes, collected(sizes, samples -> samples.add(COMMITS, 1)));
        assertThat(derivations).hasValue(2);
        view.publish(one, collected(one, samples -> samples.add(COMMITS, 1)));
        assertThat(derivations).hasValue(3);
    }

    /** Counts the primaries, and apart from that lists nodes, which it does anew only when there are others. */
    private static final class InTwoParts implements Derivation {
        private int listed;

        @Override
        public void derive(List<Snapshot> nodes, long nowNanos, Samples out) {
            countPrimaries(nodes, nowNanos, out);
        }

        @Override
        public Map<String, Derivation> more() {
            return Map.of("listing", (nodes, _, out) -> {
                if (nodes.size() == listed) {
                    out.unchanged();
                    return;
                }
                listed = nodes.size();
                out.add(Ha.RPO_BYTES, listed, "db");
            });
        }
    }

    @Test
    void whatIsDerivedApartKeepsItsLinesWhenItSaysThatNothingChanged() {
        var view = view(new InTwoParts());
        assertThat(view.slots()).extracting(Slot::collector).containsExactly("cluster", "listing");
        var listing = view.slots().getLast();

        view.publish(one, role(one, true));
        var first = listing.latest().orElseThrow();
        view.publish(one, role(one, true));
        var second = listing.latest().orElseThrow();
        view.publish(two, role(two, true));

        assertThat(first.lines().toString()).contains("ha_rpo_bytes{cluster=\"orders\",component=\"db\"} 1\n");
        assertThat(second.lines().getFirst().bytes())
                .isSameAs(first.lines().getFirst().bytes());
        assertThat(second.endedNanos()).isGreaterThan(first.endedNanos());
        assertThat(listing.latest().orElseThrow().lines().toString()).contains("} 2\n");
        assertThat(derivedLines()).contains("} 2\n");
    }

    @Test
    void aNodeThatDoesNotAnswerCountsNoMoreFromThatMomentOn() {
        var view = view(ClusterViewTest::countPrimaries);
        view.publish(one, role(one, true));
        view.publish(one, failed(one, Reason.REFUSED));

        assertThat(derivedLines()).contains("} 0\n");
    }

    @Test
    void failuresAreGivenWithoutAFact() {
        var given = new ArrayList<Snapshot>();
        var view = view((nodes, _, _) -> {
            given.clear();
            given.addAll(nodes);
        });
        view.publish(one, role(one, true));
        view.publish(two, failed(two, Reason.AUTH));

        assertThat(given).extracting(snapshot -> snapshot.outcome().label()).containsExactly("collected", "auth");
        assertThat(given.getLast().fact()).isEmpty();
    }

    @Test
    void staleFactsAreNotGiven() {
        var view = view(ClusterViewTest::countPrimaries);
        view.publish(one, aged(role(one, true), Duration.ofMinutes(3)));
        view.publish(two, role(two, false));

        assertThat(derivedLines()).contains("} 0\n");
    }

    @Test
    void withoutAnyFactThereIsADerivedSnapshotAllTheSame() {
        var view = view(Derivation.NONE);
        view.publish(one, collected(one, samples -> samples.add(COMMITS, 1)));

        assertThat(derived.latest())
                .hasValueSatisfying(snapshot -> assertThat(snapshot.succeeded()).isTrue());
    }

    @Test
    void aDerivationThatThrowsIsABugAndDoesNotHurtTheNodes() {
        for (var fault : List.of(new IllegalStateException("oops"), new StackOverflowError("deep"))) {
            var view = view((_, _, _) -> sneak(fault));
            var snapshot = role(one, true);
            view.publish(one, snapshot);

            assertThat(one.latest()).contains(snapshot);
            assertThat(derived.latest().orElseThrow().outcome())
                    .isEqualTo(new Outcome.Failed(Reason.BUG, fault.toString()));
            assertThat(recorded.of("cluster").getLast().succeeded())
                    .as("is told")
                    .isFalse();
        }
    }

    private static void sneak(Throwable fault) {
        switch (fault) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError(fault);
        }
    }

    @Test
    void aDerivationIsNeverCalledTwiceAtOnceAndSeesWhatWasPublishedBefore() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var calls = new AtomicInteger();
        var view = view((nodes, now, out) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            calls.incrementAndGet();
            countPrimaries(nodes, now, out);
            running.decrementAndGet();
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Void>>();
            for (var slot : List.of(one, two)) {
                tasks.add(() -> {
                    for (int i = 0; i < 1000; i++) {
                        view.publish(slot, role(slot, i == 999));
                    }
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }

        assertThat(most).hasValue(1);
        assertThat(calls).hasValue(2000);
        assertThat(derivedLines()).contains("} 2\n");
    }
}
