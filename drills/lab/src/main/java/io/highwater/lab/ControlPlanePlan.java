// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;

/**
 * What a {@link ControlPlane} will be like.
 *
 * @param hpaSync how often the Horizontal Pod Autoscaler looks
 * @param downscaleStabilization for how long it remembers that more replicas were wanted; whole seconds
 * @param keda whether KEDA runs beside it, which then owns the API of external metrics
 */
public record ControlPlanePlan(Duration hpaSync, Duration downscaleStabilization, boolean keda) {

    public ControlPlanePlan hpaSync(Duration instead) {
        return new ControlPlanePlan(instead, downscaleStabilization, keda);
    }

    public ControlPlanePlan downscaleStabilization(Duration instead) {
        return new ControlPlanePlan(hpaSync, instead, keda);
    }

    public ControlPlanePlan withKeda() {
        return new ControlPlanePlan(hpaSync, downscaleStabilization, true);
    }

    /** Returns when all of it is ready, after some five to ten seconds. */
    public ControlPlane start() {
        return ControlPlane.start(this);
    }
}
