// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

/** @param number finite and not negative: KEDA takes anything else for 0, and scales in by it */
record MetricValue(String metricName, double number) {}
