// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static io.highwater.core.Specimens.COMMITS;
import static io.highwater.core.Specimens.SIZE;
import static io.highwater.core.Specimens.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FleetTest {

    private final RecordedCollections recorded = new RecordedCollections();
    private final SnapshotStore store = new SnapshotStore();
    private final Fleet fleet = new Fleet(store, recorded);
    private final Exposition exposition = new Exposition(store, (_, _) -> new byte[0]);
    private final ScriptedExporter exporter = new ScriptedExporter(Derivation.NONE, "pulse", "sizes");
    private final CountDownLatch letGo = new CountDownLatch(1);

    @AfterEach
    void close() {
        letGo.countDown();
        fleet.close();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
    }

    private String page() {
        return exposition.render(TextFormat.PROMETHEUS, Set.of(), false).toString();
    }

    private Optional<Double> up(String cluster, String node) {
        return value(page(), "db_up{cluster=\"" + cluster + "\",node=\"" + node + "\"}");
    }

    /** Deaf to interrupts. */
    private void hang(Target target, Samples out) {
        while (letGo.getCount() > 0) {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                // Deaf.
            }
        }
    }

    // ---- watching ---------------------------------------------------------------------------------------------

    @Test
    void aCollectorThatHasNothingToDoHasNoPlace() {
        exporter.scripts.put("sizes", ScriptedExporter.NOT_RUN);
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1")));

        assertThat(store.slots()).extracting(Slot::collector).containsExactly("cluster", "pulse");
        await().until(store::complete);
    }

    @Test
    void everyCollectorOfEveryNodeIsCollectedAndShown() {
        exporter.scripts.put("pulse", (_, out) -> out.add(COMMITS, 7));
        exporter.scripts.put("sizes", (target, out) -> out.add(SIZE, 5, "of " + target.node()));
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1", "db-2")));

        await().until(store::complete);

        assertThat(page())
                .contains("db_commits_total{cluster=\"orders\",node=\"db-1\"} 7\n")
                .contains("db_commits_total{cluster=\"orders\",node=\"db-2\"} 7\n")
                .contains("db_size_bytes{cluster=\"orders\",node=\"db-1\",datname=\"of db-1\"} 5\n")
                .contains("db_size_bytes{cluster=\"orders\",node=\"db-2\",datname=\"of db-2\"} 5\n")
                .contains("db_up{cluster=\"orders\",node=\"db-2\"} 1\n");
    }

    @Test
    void aStoreIsCompleteWhenEveryCollectorHasAnsweredOrFailed() {
        exporter.scripts.put("sizes", this::hang);
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1")));
        await().until(() -> up("orders", "db-1").isPresent());
        assertThat(store.complete()).isFalse();
        letGo.countDown();

        await().until(store::complete);
    }

    @Test
    void theFirstCollectorIsThePulse() {
        exporter.scripts.put("sizes", (_, _) -> {
            throw new CollectionException(Reason.AUTH, "no right");
        });
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1")));
        await().until(store::complete);
        assertThat(up("orders", "db-1")).contains(1.0);

        exporter.scripts.put("pulse", (_, _) -> {
            throw new CollectionException(Reason.REFUSED, "nobody listens");
        });

        await().until(() -> up("orders", "db-1").equals(Optional.of(0.0)));
    }

    @Test
    void whatATargetThatIsDownWasSeenToDoIsShown() {
        exporter.scripts.put("pulse", (_, out) -> {
            out.add(COMMITS, 7);
            out.fail(Reason.PROTOCOL, "answers 503");
        });
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1")));

        await().until(() -> up("orders", "db-1").equals(Optional.of(0.0)));
        assertThat(value(page(), "db_commits_total{cluster=\"orders\",node=\"db-1\"}"))
                .contains(7.0);
        var pulse = store.pulses().getFirst().slot();
        assertThat(pulse.lastGood()).as("it never succeeded").isEmpty();
        assertThat(pulse.latest().orElseThrow().outcome())
                .isEqualTo(new Outcome.Failed(Reason.PROTOCOL, "answers 503"));
    }

    @Test
    void aCollectorThatHangsHurtsNoOther() {
        exporter.scripts.put("pulse", (target, out) -> {
            if (target.node().equals("db-1")) {
                hang(target, out);
            }
            out.add(COMMITS, 7);
        });
        var schedule = Schedule.of(Duration.ofMillis(100), Duration.ofMillis(100));
        fleet.apply(List.of(exporter.plan("orders", Optional.empty(), schedule, "pw", "db-1", "db-2")));
        await().until(() -> up("orders", "db-1").equals(Optional.of(0.0)));
        int before = recorded.of(Specimens.target("db-2")).size();

        await().until(() -> recorded.of(Specimens.target("db-2")).size() >= before + 10);
        assertThat(recorded.of("sizes").stream().filter(Snapshot::succeeded)).isNotEmpty();
        assertThat(recorded.of(Specimens.target("db-1")).stream()
                        .filter(snapshot -> snapshot.collector().equals("pulse")))
                .hasSize(1);
        await().until(() -> up("orders", "db-2").equals(Optional.of(1.0)));
        assertThat(page()).doesNotContain("db_commits_total{cluster=\"orders\",node=\"db-1\"}");
    }

    @Test
    void aCollectorThatIsOffIsNotRun() {
        var all = exporter.plan("orders", "pw", "db-1");
        fleet.apply(List.of(new ComponentPlan<>(
                "orders",
                Optional.empty(),
                Map.of(),
                exporter,
                all.settings(),
                Map.of("pulse", ScriptedExporter.OFTEN))));
        await().until(() -> recorded.of("pulse").size() >= 3);

        assertThat(recorded.of("sizes")).isEmpty();
        assertThat(fleet.plans()).hasSize(1);
    }

    @Test
    void objectivesAreThoseOfTheLevelAlsoWhereNothingIsDerived() {
        fleet.apply(List.of(
                exporter.plan("orders", Optional.of(Level.L3), ScriptedExporter.OFTEN, "pw", "db-1"),
                exporter.plan("other", "pw", "db-1")));
        await().until(store::complete);

        assertThat(page())
                .contains("ha_rpo_objective_seconds{cluster=\"orders\",component=\"db\"} 10\n")
                .contains("ha_rto_objective_seconds{cluster=\"orders\",component=\"db\"} 30\n")
                .doesNotContain("objective_seconds{cluster=\"other\"");
        assertThat(exporter.families()).contains(Ha.RPO_OBJECTIVE, Ha.RTO_OBJECTIVE, Specimens.UP, SIZE);
    }

    @Test
    void whatTheNodesTellTogetherIsShown() {
        var deriving = new ScriptedExporter(
                (nodes, _, out) -> out.add(
                        Ha.PRIMARY_COUNT,
                        (double) nodes.stream()
                                .filter(node -> node.fact().isPresent())
                                .count(),
                        "db"),
                "pulse");
        deriving.scripts.put("pulse", (target, out) -> out.fact(target));
        fleet.apply(List.of(deriving.plan("orders", "pw", "db-1", "db-2")));

        await().until(() -> page().contains("ha_primary_count{cluster=\"orders\",component=\"db\"} 2\n"));
    }

    @Test
    void whatIsToldTogetherIsAsFreshAsTheFastestNode() {
        var seldom = Duration.ofMinutes(1);
        var often = Duration.ofSeconds(30);
        exporter.paces.put("db-1", Schedule.of(seldom, seldom));
        exporter.paces.put("db-2", Schedule.of(often, often));
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1", "db-2")));

        assertThat(store.slots())
                .filteredOn(slot -> slot.target().node().isEmpty())
                .extracting(slot -> slot.schedule().maxAge())
                .containsExactly(often.multipliedBy(2));
    }

    // ---- probes -----------------------------------------------------------------------------------------------

    @Test
    void aProbeAsksTheNamedTargetForTheWantedCollectors() throws Exception {
        exporter.scripts.put("sizes", (target, out) -> out.add(SIZE, 5, target.node()));
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1", "db-2")));

        var snapshots = fleet.probe("orders/db/db-2", "sizes"::equals, Duration.ofSeconds(10))
                .orElseThrow();

        assertThat(snapshots).hasSize(1);
        assertThat(snapshots.getFirst().target().node()).isEqualTo("db-2");
        assertThat(snapshots.getFirst().lines().toString()).contains("datname=\"db-2\"");
    }

    @Test
    void aProbeOfAnUnknownTargetOrCollectorIsEmpty() throws Exception {
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1")));

        assertThat(fleet.probe("orders/db/db-9", _ -> true, Duration.ofSeconds(10)))
                .isEmpty();
        assertThat(fleet.probe("orders/db", _ -> true, Duration.ofSeconds(10))).isEmpty();
        assertThat(fleet.probe("orders/db/db-1", "unknown"::equals, Duration.ofSeconds(10)))
                .isEmpty();
    }

    @Test
    void aProbeGivesWhatItCanWithinItsTimeoutAlthoughOneCollectorHangs() throws Exception {
        var hanging = new Semaphore(0);
        exporter.scripts.put("sizes", (target, out) -> {
            hanging.release();
            hang(target, out);
        });
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1")));
        hanging.acquire();

        long before = System.nanoTime();
        var snapshots =
                fleet.probe("orders/db/db-1", _ -> true, Duration.ofMillis(300)).orElseThrow();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(snapshots)
                .extracting(snapshot ->
                        snapshot.collector() + " " + snapshot.outcome().label())
                .containsExactlyInAnyOrder("pulse collected", "sizes overrun");
    }

    // ---- changes ----------------------------------------------------------------------------------------------

    @Test
    void aPlanThatIsAsBeforeGoesOnUntouched() {
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1")));
        var session = exporter.session("db-1");
        await().until(store::complete);
        var slots = store.slots();

        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1")));

        assertThat(exporter.sessions).containsExactly(session);
        assertThat(session.closed).isFalse();
        assertThat(store.slots()).isEqualTo(slots);
        int before = recorded.of("pulse").size();
        await().until(() -> recorded.of("pulse").size() >= before + 3);
    }

    @Test
    void aPlanThatHasChangedStartsAnew() {
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1"), exporter.plan("stock", "pw", "db-5")));
        var before = exporter.session("db-1");
        var other = exporter.session("db-5");

        fleet.apply(List.of(exporter.plan("orders", "new", "db-1", "db-2"), exporter.plan("stock", "pw", "db-5")));

        assertThat(before.closed).isTrue();
        assertThat(exporter.session("db-1")).isNotSameAs(before);
        assertThat(other.closed).isFalse();
        await().until(() ->
                up("orders", "db-1").isPresent() && up("orders", "db-2").isPresent());
    }

    @Test
    void aPlanThatIsGoneIsClosedAndItsSeriesVanish() {
        exporter.scripts.put("sizes", (target, out) -> out.add(SIZE, 5, target.node()));
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1"), exporter.plan("stock", "pw", "db-5")));
        await().until(store::complete);

        fleet.apply(List.of(exporter.plan("stock", "pw", "db-5")));

        assertThat(exporter.session("db-1").closed).isTrue();
        assertThat(page()).doesNotContain("orders").contains("db_up{cluster=\"stock\",node=\"db-5\"} 1\n");
        assertThat(store.slots()).hasSize(3);
    }

    @Test
    void aCollectionThatEndsAfterItsPlanIsGoneIsNotShown() {
        var hanging = new Semaphore(0);
        exporter.scripts.put("sizes", (target, out) -> {
            hanging.release();
            hang(target, out);
            out.add(SIZE, 5, "late");
        });
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1")));
        hanging.acquireUninterruptibly();

        fleet.apply(List.of());
        letGo.countDown();

        assertThat(store.slots()).isEmpty();
        assertThat(page()).isEmpty();
    }

    @Test
    void aPlanThatCannotBeOpenedLeavesNothingBehindAndTheOthersGoOn() {
        var good = exporter.plan("orders", "pw", "db-1");
        fleet.apply(List.of(good, exporter.plan("stock", "pw", "db-5")));

        assertThatThrownBy(() -> fleet.apply(List.of(good, exporter.plan("stock", "", "db-5"))))
                .hasMessage("no password");

        assertThat(fleet.plans()).isEqualTo(List.of(good));
        assertThat(exporter.session("db-1").closed).isFalse();
        assertThat(exporter.session("db-5").closed).isTrue();
        fleet.apply(List.of(good, exporter.plan("stock", "pw", "db-5")));
        assertThat(exporter.session("db-5").closed).isFalse();
        await().until(() -> up("stock", "db-5").isPresent());
    }

    @Test
    void closingEndsEverything() {
        fleet.apply(List.of(exporter.plan("orders", "pw", "db-1", "db-2")));
        await().until(store::complete);
        var thread = recorded.thread();

        fleet.close();

        assertThat(exporter.sessions).allMatch(session -> session.closed);
        assertThat(store.slots()).isEmpty();
        assertThat(fleet.plans()).isEmpty();
        await().until(() -> !thread.isAlive());
    }
}
