// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.simulation;

import io.highwater.scaler.hpa.ControllerFlags;
import io.highwater.scaler.hpa.HpaController;
import io.highwater.scaler.hpa.HpaSpec;
import io.highwater.scaler.hpa.MetricResult;
import io.highwater.scaler.hpa.Result;
import io.highwater.scaler.hpa.Scale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A {@link WorkloadModel} whose replicas an autoscaler sets, which looks every 15 s of virtual time. */
public final class Simulation {

    /** Of a look, when it was and how it went. */
    public record Look(long second, Result result) {}

    private static final int SYNC_SECONDS = 15;
    private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

    private final WorkloadModel model;
    private final HpaController autoscaler;
    private final Supplier<List<MetricResult>> metrics;
    private final List<Look> looks = new ArrayList<>();
    private Runnable everySecond = () -> {};

    /**
     * @param metrics what the autoscaler sees at a look
     */
    public Simulation(WorkloadModel model, HpaSpec spec, Supplier<List<MetricResult>> metrics) {
        this.model = model;
        this.autoscaler = new HpaController(spec, ControllerFlags.DEFAULT);
        this.metrics = metrics;
    }

    /** What is to be done after every second, such as a collection of a signal. */
    public Simulation everySecond(Runnable action) {
        everySecond = action;
        return this;
    }

    public Simulation run(Duration time) {
        for (long i = 0; i < time.toSeconds(); i++) {
            if (model.seconds() % SYNC_SECONDS == 0) {
                look();
            }
            model.step();
            everySecond.run();
        }
        return this;
    }

    private void look() {
        var scale = new Scale(model.replicas(), model.replicas(), model.readyReplicas());
        var result = autoscaler.sync(now(), scale, metrics.get());
        model.setReplicas(result.desired());
        looks.add(new Look(model.seconds(), result));
    }

    /** The time there. */
    public Instant now() {
        return START.plusSeconds(model.seconds());
    }

    public WorkloadModel model() {
        return model;
    }

    public List<Look> looks() {
        return looks;
    }

    /** Replicas that were asked for, after each look from a second on. */
    public List<Integer> replicasSince(long second) {
        return looks.stream()
                .filter(look -> look.second >= second)
                .map(look -> look.result.desired())
                .toList();
    }
}
