// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.engine;

import io.highwater.core.CollectionObserver;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.log.Log;
import io.highwater.scaler.Metric;
import io.highwater.scaler.Metrics;
import io.highwater.scaler.policy.Policy;
import io.highwater.scaler.policy.PolicySettings;
import io.highwater.scaler.policy.Replicas;
import io.highwater.scaler.signal.Origins;
import io.highwater.scaler.signal.Signal;
import io.highwater.scaler.signal.SignalSettings;
import io.highwater.scaler.signal.SignalState;
import io.highwater.scaler.signal.SignalState.Quality;
import io.highwater.scaler.signal.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All signals and policies of one agent. A policy is decided every second, and at once when a signal of its is given a new
 * sample, so that an event of a backend is felt without waiting.
 */
public final class Scaler implements CollectionObserver, Metrics, AutoCloseable {

    private static final Duration TURN = Duration.ofSeconds(1);

    private record Contents(
            Map<String, Metric> all,
            Map<String, SignalMetric> signals,
            Map<String, PolicyMetric> policies,
            Map<String, List<PolicyMetric>> bySignal) {}

    private final Signals signals;
    private final Replicas replicas;
    private final Log log;
    private final Thread clock;
    private volatile Contents contents = new Contents(Map.of(), Map.of(), Map.of(), Map.of());

    public Scaler(Origins origins, SnapshotStore store, Replicas replicas, Log log) {
        this.signals = new Signals(origins, store, this::sampled);
        this.replicas = replicas;
        this.log = log.from("Scaler");
        this.clock = Thread.ofVirtual().name("policies").unstarted(this::run);
    }

    /** Begins to decide by itself. */
    public void start() {
        clock.start();
    }

    /** Has just these; what is as before goes on with what it has learned. */
    public synchronized void apply(Map<String, SignalSettings> named, Map<String, PolicySettings> settings) {
        var policies = new TreeMap<String, PolicyMetric>();
        settings.forEach((name, of) -> {
            var before = contents.policies.get(name);
            boolean same = before != null && before.policy().settings().equals(of);
            policies.put(name, same ? before : new PolicyMetric(new Policy(name, of)));
        });
        var wanted = new LinkedHashMap<>(named);
        policies.values().forEach(metric -> wanted.putAll(metric.policy().ownSignals()));
        signals.apply(wanted);
        contents = contents(named, policies);
        decide(Instant.now(), System.nanoTime());
    }

    private Contents contents(Map<String, SignalSettings> named, Map<String, PolicyMetric> policies) {
        var ofSignals = new TreeMap<String, SignalMetric>();
        for (var name : named.keySet()) {
            var signal = signals.find(name).orElseThrow();
            var before = contents.signals.get(name);
            ofSignals.put(name, before != null && before.signal().equals(signal) ? before : new SignalMetric(signal));
        }
        var all = new TreeMap<String, Metric>(policies);
        all.putAll(ofSignals);
        var bySignal = new TreeMap<String, List<PolicyMetric>>();
        policies.values()
                .forEach(metric -> metric.policy()
                        .signals()
                        .forEach(name -> bySignal.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(metric)));
        return new Contents(
                Collections.unmodifiableMap(all),
                Collections.unmodifiableMap(ofSignals),
                Collections.unmodifiableMap(policies),
                bySignal);
    }

    /** Decides all policies, as of that moment. */
    void decide(Instant at, long nanos) {
        contents.policies.values().forEach(metric -> decide(metric, at, nanos));
    }

    private void decide(PolicyMetric metric, Instant at, long nanos) {
        try {
            metric.decided(metric.policy().decide(at, nanos, name -> state(name, nanos), replicas));
        } catch (RuntimeException e) {
            log.bug("A policy could not be decided", e, "policy", metric.name());
        }
    }

    private SignalState state(String name, long nanos) {
        return signals.find(name)
                .map(signal -> signal.state(nanos))
                .orElseGet(() -> new SignalState(Quality.DEAD, List.of(), Duration.ZERO, "there is no signal " + name));
    }

    private void sampled(Set<Signal> fresh) {
        var now = contents;
        var concerned = Collections.<PolicyMetric>newSetFromMap(new IdentityHashMap<>());
        for (var signal : fresh) {
            concerned.addAll(now.bySignal.getOrDefault(signal.name(), List.of()));
        }
        concerned.forEach(metric -> decide(metric, Instant.now(), System.nanoTime()));
        for (var signal : fresh) {
            var metric = now.signals.get(signal.name());
            if (metric != null) {
                metric.changed();
            }
        }
    }

    private void run() {
        try {
            while (true) {
                decide(Instant.now(), System.nanoTime());
                Thread.sleep(TURN);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** Those that the configuration names. */
    public Collection<SignalMetric> signals() {
        return contents.signals.values();
    }

    public Collection<PolicyMetric> policies() {
        return contents.policies.values();
    }

    @Override
    public Optional<Metric> find(String name) {
        return Optional.ofNullable(contents.all.get(name));
    }

    @Override
    public Collection<Metric> all() {
        return contents.all.values();
    }

    @Override
    public void collected(Slot slot, Snapshot snapshot) {
        signals.collected(slot, snapshot);
    }

    @Override
    public void skipped(Slot slot, Skip why) {
        signals.skipped(slot, why);
    }

    @Override
    public void close() {
        clock.interrupt();
    }
}
