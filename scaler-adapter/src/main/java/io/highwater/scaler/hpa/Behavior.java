// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

/** {@code spec.behavior}: how fast replicas may come and go. */
public record Behavior(ScalingRules up, ScalingRules down) {

    /** What Kubernetes makes of an empty one. An autoscaler without any follows other rules: {@link HpaSpec#behavior}. */
    public static final Behavior DEFAULT = new Behavior(ScalingRules.UP, ScalingRules.DOWN);

    public Behavior up(ScalingRules instead) {
        return new Behavior(instead, down);
    }

    public Behavior down(ScalingRules instead) {
        return new Behavior(up, instead);
    }
}
