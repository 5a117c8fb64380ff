// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.scaling;

import io.highwater.scaler.keda.KedaOptions;
import io.highwater.scaler.kube.MetricsApiOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom the agent hands numbers for autoscaling to, beside its own pages.
 *
 * @param metricsApi Kubernetes' metrics APIs; needs an API server
 * @param keda the external scaler
 * @param apiServer whether to ask an API server at all: for replicas, and for who may read
 * @param kubeconfig how to find the API server; by the pod's service account when empty
 */
public record ScalingOptions(
        Optional<MetricsApiOptions> metricsApi,
        Optional<KedaOptions> keda,
        boolean apiServer,
        Optional<Path> kubeconfig) {

    /** Pages alone. */
    public static final ScalingOptions NONE =
            new ScalingOptions(Optional.empty(), Optional.empty(), false, Optional.empty());
}
