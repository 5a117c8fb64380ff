// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.scaler.Activity;
import io.highwater.scaler.Value;
import io.highwater.scaler.signal.SignalState;
import io.highwater.scaler.signal.SignalState.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

    private final Map<String, SignalState> signals = new HashMap<>();
    private Optional<Running> running = Optional.of(new Running(4, 4));
    private Duration now = Duration.ZERO;

    private static SignalState state(Quality quality, double number) {
        var value = new Value(Map.of(), number, AT, Duration.ZERO);
        return new SignalState(
                quality, List.of(value), Duration.ofSeconds(1), quality == Quality.FRESH ? "" : "pg-2 does not answer");
    }

    private void fresh(String signal, double number) {
        signals.put(signal, state(Quality.FRESH, number));
    }

    private void stale(String signal, double number) {
        signals.put(signal, state(Quality.STALE, number));
    }

    private void dead(String signal) {
        signals.put(signal, state(Quality.DEAD, 0));
    }

    private Decision decide(Policy policy) {
        return policy.decide(
                AT.plus(now), now.toNanos(), name -> Objects.requireNonNull(signals.get(name), name), _ -> running);
    }

    private static Policy policy(PolicySettings settings) {
        return new Policy("wallet", settings);
    }

    private static Given given(InputSettings... inputs) {
        return new Given(List.of(inputs));
    }

    private static InputSettings per(String signal, double target) {
        return Given.perReplica(signal, target);
    }

    @Test
    void eachReplicaTakesItsPartAndTheGreatestWishWins() {
        var policy = policy(given(per("rps", 100), per("queue", 10)).build());
        fresh("rps", 501);
        fresh("queue", 42);
        var decision = decide(policy);
        assertThat(decision.replicas()).hasValue(6);
        assertThat(decision.winner()).hasValue("rps");
        assertThat(decision.reason()).isEqualTo("6 replicas for rps (501 / 100 per replica)");
        assertThat(decision.held()).isFalse();
    }

    @Test
    void whatEachReplicaHasIsKeptWhereItShouldBe() {
        var policy = policy(given(Given.keepAt("cpu", 0.7)).build());
        fresh("cpu", 0.9);
        assertThat(decide(policy).replicas()).hasValue(6);
        running = Optional.empty();
        assertThat(decide(policy).replicas()).isEmpty();
        assertThat(decide(policy).reason()).contains("how many replicas run is not known");
    }

    @Test
    void inputsAreCombinedAsTheSettingsSay() {
        fresh("a", 20);
        fresh("b", 80);
        var inputs = new InputSettings[] {per("a", 10), Given.weighted(per("b", 10), 3)};
        running = Optional.of(new Running(1, 1));
        assertThat(decide(policy(given(inputs).build())).replicas()).hasValue(8);
        assertThat(decide(policy(given(inputs).combine(Combine.MIN).build())).replicas())
                .hasValue(2);
        assertThat(decide(policy(given(inputs).combine(Combine.SUM).build())).replicas())
                .hasValue(10);
        assertThat(decide(policy(given(inputs).combine(Combine.WEIGHTED).build()))
                        .replicas())
                .hasValue(7);
    }

    @Test
    void theNumberStaysWithinItsBounds() {
        var policy = policy(given(per("rps", 100)).between(2, 8).build());
        fresh("rps", 100_000);
        var decision = decide(policy);
        assertThat(decision.replicas()).hasValue(8);
        assertThat(decision.caps()).extracting(Cap::guard).containsExactly("max");
        fresh("rps", 0);
        assertThat(decide(policy).replicas()).hasValue(2);
    }

    @Test
    void aStaleInputNeverTakesAReplicaAwayAndMayAddSome() {
        var policy = policy(given(per("rps", 100)).build());
        stale("rps", 100);
        var held = decide(policy);
        assertThat(held.replicas()).hasValue(4);
        assertThat(held.held()).isTrue();
        assertThat(held.reason()).isEqualTo("holds the 4 that run: rps: pg-2 does not answer");
        stale("rps", 900);
        assertThat(decide(policy).replicas()).hasValue(9);
        running = Optional.empty();
        assertThat(decide(policy).replicas()).isEmpty();
    }

    @Test
    void withoutAnyInputTheAnswerIsAnErrorWithTheReason() {
        var policy = policy(given(per("rps", 100)).build());
        dead("rps");
        var decision = decide(policy);
        assertThat(decision.replicas()).isEmpty();
        assertThat(decision.reason()).isEqualTo("rps: pg-2 does not answer");
    }

    @Test
    void withOneInputDeadTheOthersMayOnlyAdd() {
        var policy = policy(given(per("rps", 100), per("queue", 10)).build());
        dead("queue");
        fresh("rps", 100);
        assertThat(decide(policy).replicas()).hasValue(4);
        assertThat(decide(policy).held()).isTrue();
        fresh("rps", 900);
        assertThat(decide(policy).replicas()).hasValue(9);
        var sum = policy(
                given(per("rps", 100), per("queue", 10)).combine(Combine.SUM).build());
        assertThat(decide(sum).replicas()).hasValue(4);
    }

    @Test
    void whatIsOnlyObservedIsShownAndNotAnswered() {
        var policy = policy(given(per("rps", 100)).mode(Mode.OBSERVE).build());
        fresh("rps", 900);
        var decision = decide(policy);
        assertThat(decision.replicas()).hasValue(4);
        assertThat(decision.wanted()).hasValue(9);
        assertThat(decision.reason()).contains("mode: observe, it would answer 9");
        running = Optional.empty();
        assertThat(decide(policy).replicas()).isEmpty();
    }

    @Test
    void noiseTakesNoReplicaAway() {
        var policy = policy(given(per("rps", 100)).build());
        running = Optional.of(new Running(20, 20));
        fresh("rps", 1890);
        assertThat(decide(policy).replicas()).hasValue(20);
        fresh("rps", 1700);
        assertThat(decide(policy).replicas()).hasValue(17);
    }

    @Test
    void workThatWouldBeLateLeavesTheTolerance() {
        fresh("items", 6000);
        fresh("arrivals", 0);
        fresh("done", 100);
        running = Optional.of(new Running(20, 20));
        var policy = policy(
                given(Given.drain(drain -> drain.rate(5.0))).between(1, 50).build());
        // 6000 items in a minute at 5/s each are 20 replicas without the time to start and 40 with it.
        fresh("items", 3100);
        var decision = decide(policy);
        assertThat(decision.wanted().getAsDouble()).isBetween(20.1, 21.0);
        assertThat(decision.inputs().getFirst().atRisk()).isFalse();
        assertThat(decision.replicas()).hasValue(21);
        fresh("arrivals", 60);
        fresh("items", 1300);
        var late = decide(policy);
        assertThat(late.wanted().getAsDouble()).isBetween(20.1, 22.0);
        assertThat(late.replicas()).hasValue(21);
        fresh("arrivals", 99);
        fresh("items", 200);
        var risk = decide(policy);
        assertThat(risk.inputs().getFirst().atRisk()).isTrue();
        assertThat(risk.replicas()).hasValue(25);
    }

    @Test
    void connectionsThatAreLeftLimitGrowthAndNothingElse() {
        var guard = Given.connections("orders-db", Optional.empty(), 10);
        var policy = policy(given(per("rps", 100)).between(1, 50).guard(guard).build());
        assertThat(policy.ownSignals()).hasSize(2);
        fresh("wallet/pg_connections_usable/orders-db", 100);
        fresh("wallet/pg_connections_used/orders-db", 60);
        fresh("rps", 3000);
        // 40 of the 60 are its own 4 replicas': 100 - 20 - 5 leave 75, for 7 replicas.
        var decision = decide(policy);
        assertThat(decision.replicas()).hasValue(7);
        assertThat(decision.reason())
                .contains("limited by connections: orders-db has 100 connections, 20 of others, 5 in reserve, 10 per"
                        + " replica");
        fresh("wallet/pg_connections_used/orders-db", 130);
        assertThat(decide(policy).replicas()).as("never below what runs").hasValue(4);
        var shrinking = policy(given(per("rps", 100))
                .between(1, 50)
                .guard(new GuardSettings(guard.connections(), guard.dependency(), guard.rateLimit(), true))
                .build());
        assertThat(decide(shrinking).replicas()).hasValue(1);
        dead("wallet/pg_connections_used/orders-db");
        assertThat(decide(policy).replicas())
                .as("what is not known is not used up")
                .hasValue(4);
        fresh("rps", 100);
        assertThat(decide(policy).replicas()).as("a guard never adds").hasValue(1);
    }

    @Test
    void aDependencyInTroubleStopsGrowth() {
        var policy = policy(
                given(per("rps", 100)).guard(Given.dependency("errors", 0.05)).build());
        fresh("rps", 900);
        fresh("errors", 0.01);
        assertThat(decide(policy).replicas()).hasValue(9);
        fresh("errors", 0.2);
        var decision = decide(policy);
        assertThat(decision.replicas()).hasValue(4);
        assertThat(decision.reason()).contains("limited by dependency: no more than run: errors is 0.2");
        stale("errors", 0.01);
        assertThat(decide(policy).replicas()).hasValue(4);
    }

    @Test
    void aRemoteRateLimitIsSharedByTheReplicas() {
        var policy =
                policy(given(per("rps", 100)).guard(Given.rateLimit(30, 5.0)).build());
        fresh("rps", 900);
        assertThat(decide(policy).replicas()).hasValue(6);
    }

    @Test
    void withoutTheReplicasThatRunAGuardIsAnError() {
        var policy =
                policy(given(per("rps", 100)).guard(Given.rateLimit(30, 5.0)).build());
        fresh("rps", 900);
        running = Optional.empty();
        assertThat(decide(policy).replicas()).isEmpty();
        assertThat(decide(policy).reason()).contains("the guards need it");
    }

    @Test
    void theReplicasThatRunMayBeASignal() {
        var policy = policy(given(per("rps", 100)).replicas("pods").build());
        running = Optional.empty();
        fresh("pods", 7);
        stale("rps", 100);
        assertThat(decide(policy).replicas()).hasValue(7);
    }

    @Test
    void noReplicaWithWorkInItsHandsIsTakenAway() {
        var policy = policy(given(Given.drain(drain -> drain.rate(5.0).inFlight("active", 2)))
                .between(0, 20)
                .build());
        fresh("items", 0);
        fresh("arrivals", 0);
        fresh("done", 0);
        fresh("active", 5);
        assertThat(decide(policy).replicas()).hasValue(3);
        assertThat(decide(policy).activity()).isInstanceOf(Activity.Active.class);
        fresh("active", 0);
        assertThat(decide(policy).replicas()).hasValue(0);
        assertThat(decide(policy).activity()).isInstanceOf(Activity.Idle.class);
    }

    @Test
    void noMoreThanCanWork() {
        var policy = policy(given(Given.drain(drain -> drain.rate(5.0).ceiling(6)))
                .between(0, 100)
                .build());
        fresh("items", 100_000);
        fresh("arrivals", 10);
        fresh("done", 10);
        var decision = decide(policy);
        assertThat(decision.replicas()).hasValue(6);
        assertThat(decision.caps()).extracting(Cap::guard).containsExactly("ceiling");
    }

    @Test
    void whatAReplicaDoesIsLearnedWhileThereIsWork() {
        var policy = policy(given(Given.drain(drain -> drain)).between(1, 100).build());
        fresh("arrivals", 50);
        fresh("done", 40);
        for (int second = 0; second < 90; second++) {
            fresh("items", 1000 + 10 * second);
            decide(policy);
            now = now.plusSeconds(1);
        }
        // Learned: 10/s each. Idle replicas then teach nothing.
        fresh("items", 0);
        fresh("done", 50);
        running = Optional.of(new Running(20, 20));
        for (int second = 0; second < 300; second++) {
            decide(policy);
            now = now.plusSeconds(1);
        }
        var decision = decide(policy);
        assertThat(decision.wanted().getAsDouble()).isBetween(6.2, 6.3);
        assertThat(decision.reason()).contains("10/s per replica");
    }

    @Test
    void growthThatDoesNotHelpStops() {
        var policy = policy(given(Given.drain(drain -> drain)).between(1, 100).build());
        fresh("arrivals", 100);
        fresh("done", 40);
        fresh("items", 10_000);
        for (int second = 0; second < 70; second++) {
            decide(policy);
            now = now.plusSeconds(1);
        }
        assertThat(decide(policy).replicas().getAsInt()).isGreaterThan(20);
        running = Optional.of(new Running(8, 8)); // and still no more is done
        for (int second = 0; second < 100; second++) {
            decide(policy);
            now = now.plusSeconds(1);
        }
        var decision = decide(policy);
        assertThat(decision.replicas()).hasValue(8);
        assertThat(decision.caps()).extracting(Cap::guard).containsExactly("ineffective");
        fresh("items", 0);
        decide(policy);
        fresh("items", 10_000);
        assertThat(decide(policy).caps()).extracting(Cap::guard).doesNotContain("ineffective");
    }

    @Test
    void workThatNobodyHasDoneYetGetsAReplica() {
        var policy = policy(given(Given.drain(drain -> drain)).between(0, 10).build());
        running = Optional.of(new Running(0, 0));
        fresh("items", 3);
        fresh("arrivals", 0);
        fresh("done", 0);
        assertThat(decide(policy).replicas()).hasValue(1);
        assertThat(decide(policy).activity()).isInstanceOf(Activity.Active.class);
    }

    @Test
    void withoutWorkAndWithDoubtNobodySaysIdle() {
        var policy =
                policy(given(per("rps", 100), per("queue", 10)).between(0, 9).build());
        fresh("rps", 0);
        fresh("queue", 0);
        assertThat(decide(policy).activity()).isInstanceOf(Activity.Idle.class);
        stale("queue", 0);
        assertThat(decide(policy).activity()).isInstanceOf(Activity.Unknown.class);
        fresh("rps", 1);
        assertThat(decide(policy).activity()).isInstanceOf(Activity.Active.class);
    }

    @Test
    void wrongSettingsSayWhatToWrite() {
        assertThatThrownBy(() -> given(per("a", 1)).between(3, 2).build())
                .hasMessage("max: must be at least 1, and not below min");
        assertThatThrownBy(() -> given(per("a", 1)).scale("wallet/worker").build())
                .hasMessage("scale: \"wallet/worker\" is not namespace/deployment/name");
        assertThatThrownBy(() -> given(per("a", 1)).scale("wallet/pod/worker").build())
                .hasMessageContaining("is not deployment, statefulset or a plural");
        assertThatThrownBy(() -> per("a", 0)).hasMessage("perReplica: must be above 0");
        assertThatThrownBy(() -> given().build()).hasMessage("inputs: without one there is nothing to scale by");
    }

    @Test
    void theWorkloadIsAnObjectOfKubernetes() {
        var policy = policy(given(per("a", 1)).scale("ns/sts/db").build());
        assertThat(policy.workload()).hasToString("ns/statefulsets.apps/db");
    }
}
