// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A workload whose pods are ready at once, with an autoscaler that looks at it every 15 s of virtual time. */
final class Autoscaled {

    static final Duration SYNC = Duration.ofSeconds(15);

    private final HpaController controller;
    private final List<Integer> history = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-02T10:00:00Z");
    private int replicas;

    Autoscaled(HpaSpec spec, int replicas) {
        this(spec, ControllerFlags.DEFAULT, replicas);
    }

    Autoscaled(HpaSpec spec, ControllerFlags flags, int replicas) {
        this.controller = new HpaController(spec, flags);
        this.replicas = replicas;
    }

    Result look(MetricResult... metrics) {
        return look(Scale.of(replicas), metrics);
    }

    Result look(Scale scale, MetricResult... metrics) {
        var result = controller.sync(now, scale, List.of(metrics));
        now = now.plus(SYNC);
        replicas = result.desired();
        history.add(replicas);
        return result;
    }

    /** The number for so many looks. */
    Autoscaled sees(double number, int looks) {
        for (int i = 0; i < looks; i++) {
            look(MetricResult.of(number));
        }
        return this;
    }

    int replicas() {
        return replicas;
    }

    /** After each look. */
    List<Integer> history() {
        return history;
    }
}
