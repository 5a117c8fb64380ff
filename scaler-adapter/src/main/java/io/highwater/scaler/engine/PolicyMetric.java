// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.engine;

import io.highwater.scaler.Activity;
import io.highwater.scaler.Metric;
import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.Reading;
import io.highwater.scaler.Subscription;
import io.highwater.scaler.Value;
import io.highwater.scaler.policy.Decision;
import io.highwater.scaler.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a policy decided last, as it is read from outside: its replicas, of which one is a replica's target. */
public final class PolicyMetric implements Metric {

    /** Policies are decided every second; if nobody has done that for so long, the last decision is none. */
    private static final Duration LONGEST_AGE = Duration.ofSeconds(15);

    private final Policy policy;
    private final Listeners listeners = new Listeners();
    private volatile @Nullable Decision newest;

    PolicyMetric(Policy policy) {
        this.policy = policy;
    }

    public Policy policy() {
        return policy;
    }

    /** The newest; empty before the first. */
    public Optional<Decision> decision() {
        return Optional.ofNullable(newest);
    }

    void decided(Decision decision) {
        var before = newest;
        newest = decision;
        if (before == null
                || !before.activity().getClass().equals(decision.activity().getClass())) {
            listeners.tell();
        }
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public boolean readableFrom(String namespace) {
        return policy.workload().namespace().equals(namespace)
                || policy.settings().namespaces().contains(namespace);
    }

    @Override
    public List<ObjectReference> objects() {
        return List.of(policy.workload());
    }

    @Override
    public Reading read() {
        var decision = newest;
        if (decision == null || isOld(decision)) {
            return new Reading.Unknown("policy " + name() + " was not decided yet");
        }
        if (decision.replicas().isEmpty()) {
            return new Reading.Unknown("policy " + name() + ": " + decision.reason());
        }
        var value = new Value(Map.of(), decision.replicas().getAsInt(), decision.sampledAt(), Duration.ZERO);
        return new Reading.Numbers(decision.held() ? Reading.Quality.STALE : Reading.Quality.FRESH, List.of(value));
    }

    @Override
    public Activity activity() {
        var decision = newest;
        return decision == null || isOld(decision)
                ? new Activity.Unknown("policy " + name() + " was not decided yet")
                : decision.activity();
    }

    private static boolean isOld(Decision decision) {
        return System.nanoTime() - decision.nanos() > LONGEST_AGE.toNanos();
    }

    @Override
    public OptionalDouble targetPerReplica() {
        return OptionalDouble.of(1);
    }

    @Override
    public Subscription onChange(Runnable action) {
        return listeners.add(action);
    }
}
