// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.scaler.policy.DrainSettings.CeilingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Settings of policies for tests: what is not said is as by default. */
public final class Given {

    private final List<InputSettings> inputs;
    private final List<GuardSettings> guards = new ArrayList<>();
    private String scale = "wallet/deployment/worker";
    private int min = 1;
    private int max = 30;
    private Combine combine = Combine.MAX;
    private Mode mode = Mode.ACT;
    private Optional<String> replicas = Optional.empty();

    public Given(List<InputSettings> inputs) {
        this.inputs = inputs;
    }

    public Given scale(String to) {
        scale = to;
        return this;
    }

    public Given between(int least, int most) {
        min = least;
        max = most;
        return this;
    }

    public Given combine(Combine by) {
        combine = by;
        return this;
    }

    public Given mode(Mode as) {
        mode = as;
        return this;
    }

    public Given guard(GuardSettings guard) {
        guards.add(guard);
        return this;
    }

    public Given replicas(String signal) {
        replicas = Optional.of(signal);
        return this;
    }

    public PolicySettings build() {
        return new PolicySettings(scale, min, max, inputs, combine, guards, mode, 0.1, 0.1, replicas, List.of());
    }

    public static InputSettings perReplica(String signal, double target) {
        return new InputSettings(Optional.of(signal), Optional.of(target), Optional.empty(), Optional.empty(), 1, 0);
    }

    public static InputSettings keepAt(String signal, double target) {
        return new InputSettings(Optional.of(signal), Optional.empty(), Optional.of(target), Optional.empty(), 1, 0);
    }

    static InputSettings weighted(InputSettings input, double weight) {
        return new InputSettings(input.signal(), input.perReplica(), input.keepAt(), input.drain(), weight, 0);
    }

    /** Of the signals items, arrivals, done; within a minute, with 30 s to start. */
    public static InputSettings drain(UnaryOperator<Draining> with) {
        var drain = with.apply(new Draining()).build();
        return new InputSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(drain), 1, 0);
    }

    /** Of a backlog of the agent's, with a signal of what is in flight. */
    public static InputSettings drainOf(DrainSettings.BacklogSettings backlog, Duration within, String inFlight) {
        var drain = new DrainSettings(
                Optional.of(backlog),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                within,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(30),
                0.8,
                Optional.of(inFlight),
                1,
                Optional.empty());
        return new InputSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(drain), 1, 0);
    }

    /** What a drain says. */
    public static final class Draining {
        private Optional<Double> rate = Optional.empty();
        private Optional<String> inFlight = Optional.empty();
        private double concurrency = 1;
        private Optional<CeilingSettings> ceiling = Optional.empty();

        public Draining rate(double perReplica) {
            rate = Optional.of(perReplica);
            return this;
        }

        public Draining inFlight(String signal, double atOnce) {
            inFlight = Optional.of(signal);
            concurrency = atOnce;
            return this;
        }

        public Draining ceiling(double replicas) {
            ceiling = Optional.of(new CeilingSettings(Optional.of(replicas), Optional.empty(), 1));
            return this;
        }

        DrainSettings build() {
            return new DrainSettings(
                    Optional.empty(),
                    Optional.of("items"),
                    Optional.of("arrivals"),
                    Optional.of("done"),
                    Optional.empty(),
                    Duration.ofMinutes(1),
                    Optional.empty(),
                    rate,
                    Duration.ofSeconds(30),
                    0.8,
                    inFlight,
                    concurrency,
                    ceiling);
        }
    }

    /** Of a Postgres, 5 of whose connections are left to others. */
    public static GuardSettings connections(String cluster, Optional<String> node, int perReplica) {
        return new GuardSettings(
                Optional.of(new GuardSettings.Connections(cluster, node, perReplica, 5)),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    static GuardSettings dependency(String signal, double above) {
        var dependency = new GuardSettings.Dependency(signal, Optional.of(above), Optional.empty(), Optional.empty());
        return new GuardSettings(Optional.empty(), Optional.of(dependency), Optional.empty(), false);
    }

    static GuardSettings rateLimit(double limit, double perReplica) {
        var rate = new GuardSettings.Rate(Optional.of(limit), Optional.empty(), Optional.of(perReplica));
        return new GuardSettings(Optional.empty(), Optional.empty(), Optional.of(rate), false);
    }
}
