// SPDX-License-Identifier: Apache-2.0
/**
 * Kubernetes' metrics APIs: an aggregated API server for {@code external.metrics.k8s.io} and
 * {@code custom.metrics.k8s.io}, from which autoscalers read {@link io.highwater.scaler.Metrics}.
 */
@NullMarked
package io.highwater.scaler.kube;

import org.jspecify.annotations.NullMarked;
