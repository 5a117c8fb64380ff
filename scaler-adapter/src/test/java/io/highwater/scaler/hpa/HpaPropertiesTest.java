// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.scaler.hpa.MetricSpec.PerReplica;
import io.highwater.scaler.hpa.MetricSpec.Source;
import io.highwater.scaler.hpa.ScalingRules.Select;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds whatever an autoscaler is told to do, and whatever it sees. */
class HpaPropertiesTest {

    static final int MAX = 50;

    @Provide
    Arbitrary<HpaSpec> specs() {
        var policies = Combinators.combine(
                        Arbitraries.of(ScalingPolicy.Type.values()),
                        Arbitraries.integers().between(1, 200),
                        Arbitraries.integers().between(1, 120).map(Duration::ofSeconds))
                .as(ScalingPolicy::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        var rules = Combinators.combine(
                        Arbitraries.integers()
                                .between(0, 200)
                                .map(Duration::ofSeconds)
                                .optional(),
                        policies,
                        Arbitraries.of(Select.values()),
                        Arbitraries.just(0.1).optional())
                .as((window, some, select, tolerance) -> tolerance
                        .map(new ScalingRules(window, some, select, OptionalDouble.empty())::tolerating)
                        .orElse(new ScalingRules(window, some, select, OptionalDouble.empty())));
        var behaviors = Combinators.combine(rules, rules).as(Behavior::new).optional();
        return Combinators.combine(Arbitraries.integers().between(1, 10), behaviors)
                .as((min, behavior) -> new HpaSpec(min, MAX, metrics(), behavior));
    }

    private static List<MetricSpec> metrics() {
        return List.of(
                new PerReplica(Source.EXTERNAL, "lag", 10_000), new PerReplica(Source.OBJECT, "requests", 10_000));
    }

    /** Numbers of both metrics in turn; below 0 stands for none. */
    @Property
    void keepsItsRules(
            @ForAll("specs") HpaSpec spec,
            @ForAll @IntRange(min = 0, max = 60) int replicas,
            @ForAll @Size(max = 60) List<@IntRange(min = -200, max = 1000) Integer> numbers) {
        var workload = new Autoscaled(spec, replicas);
        for (int i = 0; i + 1 < numbers.size(); i++) {
            int before = workload.replicas();
            var result = workload.look(result(numbers.get(i)), result(numbers.get(i + 1)));
            boolean one = numbers.get(i) < 0;
            boolean other = numbers.get(i + 1) < 0;
            if (before == 0) {
                assertThat(result.desired()).isZero();
            } else {
                assertThat(result.desired()).isBetween(spec.minReplicas(), MAX);
            }
            if (before >= spec.minReplicas() && before <= MAX) {
                assertThat(one && other && result.rescaled()).isFalse();
                assertThat((one || other) && result.desired() < before).isFalse();
                keepsToItsRates(spec, result);
            }
            assertThat(result.rescaled()).isEqualTo(!result.reason().isEmpty());
        }
    }

    private static void keepsToItsRates(HpaSpec spec, Result result) {
        int current = result.current();
        if (spec.behavior().isEmpty()) {
            assertThat(result.desired()).isLessThanOrEqualTo(Math.max(4, 2 * current));
            return;
        }
        var behavior = spec.behavior().get();
        if (behavior.up().select() == Select.DISABLED) {
            assertThat(result.desired()).isLessThanOrEqualTo(current);
        }
        if (behavior.down().select() == Select.DISABLED) {
            assertThat(result.desired()).isGreaterThanOrEqualTo(current);
        }
    }

    @Property
    void doesNotMoveWithinTheTolerance(
            @ForAll("specs") HpaSpec spec,
            @ForAll @IntRange(min = 10, max = MAX) int replicas,
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 90, max = 110) Integer> percent) {
        var workload = new Autoscaled(spec, replicas);
        for (int each : percent) {
            workload.look(MetricResult.of(replicas * each / 10.0), MetricResult.of(replicas * each / 10.0));
        }
        assertThat(workload.history()).containsOnly(replicas);
    }

    @Property
    void neverFallsBelowWhatItWantedInTheWindow(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = MAX) Integer> wanted,
            @ForAll @IntRange(min = 1, max = 20) int looks) {
        var flags = new ControllerFlags(0, Autoscaled.SYNC.multipliedBy(looks));
        var workload = new Autoscaled(HpaSpec.of(1, MAX, metrics().getFirst()), flags, 1);
        for (int i = 0; i < wanted.size(); i++) {
            int before = workload.replicas();
            workload.sees(10 * wanted.get(i), 1);
            int highest = Collections.max(wanted.subList(Math.max(0, i - looks + 1), i + 1));
            assertThat(workload.replicas()).isGreaterThanOrEqualTo(Math.min(before, highest));
        }
    }

    /** In any period, not only from one look to the next. */
    @Property
    void addsNoMoreThanAPolicyAllowsInItsPeriod(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 500) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 20) int pods,
            @ForAll @IntRange(min = 1, max = 8) int looks) {
        var up = ScalingRules.UP.limitedBy(ScalingPolicy.pods(pods, Autoscaled.SYNC.multipliedBy(looks)));
        var down = ScalingRules.DOWN.selecting(Select.DISABLED);
        var workload = new Autoscaled(HpaSpec.of(1, MAX, metrics().getFirst()).behaving(new Behavior(up, down)), 1);
        numbers.forEach(number -> workload.sees(number, 1));
        var history = workload.history();
        for (int i = looks; i < history.size(); i++) {
            assertThat(history.get(i) - history.get(i - looks)).isLessThanOrEqualTo(pods);
        }
    }

    @Property
    void arrivesAtWhatANumberAsksFor(
            @ForAll @IntRange(min = 1, max = 60) int start, @ForAll @IntRange(min = 0, max = 600) int number) {
        for (var behavior : Arrays.asList(Optional.<Behavior>empty(), Optional.of(Behavior.DEFAULT))) {
            var spec = new HpaSpec(1, MAX, List.of(metrics().getFirst()), behavior);
            int replicas = new Autoscaled(spec, start).sees(number, 40).replicas();
            int asked = Math.clamp((number + 9) / 10, 1, MAX);
            double ratio = number / (10.0 * replicas);
            assertThat(replicas == asked || Tolerance.DEFAULT.covers(ratio)).isTrue();
        }
    }

    private static MetricResult result(int number) {
        return number < 0 ? new MetricResult.Failed("no answer") : MetricResult.of(number);
    }
}
