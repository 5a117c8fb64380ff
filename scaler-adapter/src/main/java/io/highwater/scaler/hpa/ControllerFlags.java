// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.time.Duration;

/**
 * What a cluster has for all its autoscalers: flags of kube-controller-manager.
 *
 * @param tolerance {@code --horizontal-pod-autoscaler-tolerance}
 * @param downscaleStabilization {@code --horizontal-pod-autoscaler-downscale-stabilization}
 */
public record ControllerFlags(double tolerance, Duration downscaleStabilization) {

    public static final ControllerFlags DEFAULT = new ControllerFlags(0.1, Duration.ofMinutes(5));
}
