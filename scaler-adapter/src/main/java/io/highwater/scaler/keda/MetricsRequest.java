// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

/** @param metricName as {@link MetricSpec} gave it */
record MetricsRequest(ScaledObjectRef object, String metricName) {}
