// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Backlog;
import io.highwater.core.Backlogs;
import io.highwater.core.CollectionObserver;
import io.highwater.core.Shop;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import io.highwater.core.VirtualStore;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.scaler.hpa.Behavior;
import io.highwater.scaler.hpa.HpaSpec;
import io.highwater.scaler.hpa.MetricResult;
import io.highwater.scaler.hpa.MetricSpec;
import io.highwater.scaler.hpa.ScalingPolicy;
import io.highwater.scaler.hpa.ScalingRules;
import io.highwater.scaler.policy.DrainSettings;
import io.highwater.scaler.policy.Given;
import io.highwater.scaler.policy.PolicySettings;
import io.highwater.scaler.policy.Running;
import io.highwater.scaler.signal.Origins;
import io.highwater.scaler.signal.Settings;
import io.highwater.scaler.simulation.Simulation;
import io.highwater.scaler.simulation.WorkPlan;
import io.highwater.scaler.simulation.WorkloadModel;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Signals, policies and the HPA's algorithm over minutes of virtual time, on a model of the work. */
class ScenarioTest {

    private static final String POLICY = "readings";
    private static final HpaSpec SPEC =
            HpaSpec.of(1, 100, new MetricSpec.PerReplica(MetricSpec.Source.EXTERNAL, POLICY, 1000));

    /** What the agent sees of the work: counts once a second, as long as the source answers. */
    private static final class Seen implements CollectionObserver {
        private final WorkloadModel model;
        private final LongPredicate isAway;
        private final VirtualStore time = new VirtualStore(this);
        private final Slot pulse = time.slot(new Target("city", "shop", "north", Map.of()), "pulse", Shop.UP);
        private final Slot stock = time.slot(new Target("city", "shop", "north", Map.of()), "stock", Shop.UP);
        private final Slot derived = time.slot(new Target("city", "shop", "", Map.of()), "cluster", Shop.UP);
        private final Backlogs backlogs = new Backlogs("shop");
        private final Scaler scaler;

        Seen(WorkloadModel model, PolicySettings policy, LongPredicate isAway) {
            this.model = model;
            this.isAway = isAway;
            var log = new Log(LogFormat.LOGFMT, LogLevel.ERROR, OutputStream.nullOutputStream());
            scaler = new Scaler(
                    new Origins(List.of(new Shop())),
                    time.store(),
                    _ -> Optional.of(new Running(model.replicas(), model.readyReplicas())),
                    log);
            var active = new Settings("shop_items").where("kind", "active").build();
            scaler.apply(Map.of("active", active), Map.of(POLICY, policy));
        }

        void look() {
            time.pass(Duration.ofSeconds(1));
            if (isAway.test(model.seconds())) {
                time.fail(pulse);
                time.fail(stock);
                time.collect(derived, _ -> {});
            } else {
                time.collect(pulse, _ -> {});
                time.collect(stock, out -> {
                    out.add(Shop.ITEMS, (double) model.inFlight(), "1", "active");
                    out.add(Shop.CONNECTIONS_USABLE, 100);
                    out.add(Shop.CONNECTIONS_USED, 20 + 8 * model.replicas());
                });
                backlogs.see(List.of(new Backlog(
                        "shelf",
                        POLICY,
                        OptionalDouble.of((double) model.backlog()),
                        OptionalDouble.of((double) model.oldestAgeSeconds()),
                        OptionalLong.of(model.arrivalsTotal()),
                        OptionalLong.of(model.completionsTotal()),
                        time.nanos())));
                time.collect(derived, backlogs::addTo);
            }
            scaler.decide(time.instant(), time.nanos());
        }

        /** As the metrics API answers the HPA. */
        List<MetricResult> answer() {
            var decision = scaler.policies().iterator().next().decision().orElseThrow();
            return List.of(
                    decision.replicas().isPresent()
                            ? MetricResult.of(decision.replicas().getAsInt())
                            : new MetricResult.Failed(decision.reason()));
        }

        @Override
        public void collected(Slot slot, Snapshot snapshot) {
            scaler.collected(slot, snapshot);
        }

        @Override
        public void skipped(Slot slot, Skip why) {
            scaler.skipped(slot, why);
        }
    }

    private static Simulation simulate(WorkloadModel model, PolicySettings policy, LongPredicate isAway) {
        return simulate(model, policy, SPEC, isAway);
    }

    private static Simulation simulate(WorkloadModel model, PolicySettings policy, HpaSpec hpa, LongPredicate isAway) {
        var seen = new Seen(model, policy, isAway);
        seen.look();
        return new Simulation(model, hpa, seen::answer).everySecond(seen::look);
    }

    private static Given drain(Duration within) {
        return new Given(List.of(Given.drainOf(
                        new DrainSettings.BacklogSettings("city", "shop", Optional.of("shelf"), POLICY),
                        within,
                        "active")))
                .between(1, 100);
    }

    @Test
    void aBurstIsDrainedWithinItsObjective() {
        // 60,000 readings in a minute where 10 a second are usual; a replica does 20 a second.
        WorkPlan plan = WorkPlan.of(second -> second >= 300 && second < 360 ? 1000 : 10, 20)
                .startUp(Duration.ofSeconds(20));
        var model = new WorkloadModel(plan, 1);
        var simulation = simulate(model, drain(Duration.ofMinutes(5)).build(), _ -> false);
        simulation.run(Duration.ofMinutes(5));
        simulation.run(Duration.ofMinutes(7));
        assertThat(model.backlog()).as("7 minutes after the burst began").isLessThan(50);
        assertThat(model.longestWaitSeconds()).isLessThan(360);
        simulation.run(Duration.ofMinutes(20));
        assertThat(model.replicas()).as("and then they go again").isLessThanOrEqualTo(2);
    }

    @Test
    void tenMinutesWithoutTheSourceTakeNoReplicaAway() {
        var model = new WorkloadModel(WorkPlan.of(_ -> 200, 10), 20);
        var simulation =
                simulate(model, drain(Duration.ofMinutes(1)).build(), second -> second >= 900 && second < 1500);
        simulation.run(Duration.ofMinutes(15));
        int before = model.replicas();
        assertThat(before).isGreaterThanOrEqualTo(20);
        simulation.run(Duration.ofMinutes(20));
        assertThat(simulation.replicasSince(900)).allMatch(replicas -> replicas >= before);
        assertThat(model.backlog()).isLessThan(1000);
    }

    @Test
    void workInFlightIsNeverCut() {
        var model = new WorkloadModel(
                WorkPlan.of(second -> second < 600 ? 2 : 0.1, 0.05).concurrency(1), 10);
        var simulation = simulate(model, drain(Duration.ofMinutes(5)).build(), _ -> false);
        simulation.run(Duration.ofMinutes(60));
        assertThat(model.cutTotal()).isZero();
    }

    @Test
    void growthThatDoesNotHelpStops() {
        var slowly = ScalingRules.UP.limitedBy(ScalingPolicy.pods(4, Duration.ofMinutes(1)));
        var model = new WorkloadModel(
                WorkPlan.of(second -> second > 120 ? 500 : 10, 10).partitions(12), 2);
        var simulation = simulate(
                model, drain(Duration.ofMinutes(1)).build(), SPEC.behaving(Behavior.DEFAULT.up(slowly)), _ -> false);
        simulation.run(Duration.ofMinutes(12));
        assertThat(simulation.replicasSince(600))
                .as("12 can work, 100 are allowed")
                .allMatch(n -> n >= 12 && n < 35);
    }

    @Test
    void replicasNeverHoldMoreConnectionsThanAreLeft() {
        var model = new WorkloadModel(WorkPlan.of(second -> second > 120 ? 300 : 10, 10), 2);
        var guard = Given.connections("city", Optional.of("north"), 8);
        var simulation =
                simulate(model, drain(Duration.ofMinutes(1)).guard(guard).build(), SPEC, _ -> false);
        simulation.run(Duration.ofMinutes(20));
        // Of 100 connections others use 20 and keep 5; each replica has a pool of 8.
        assertThat(simulation.replicasSince(0))
                .allMatch(replicas -> replicas <= 9)
                .contains(9);
    }
}
