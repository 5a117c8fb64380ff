// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

/** @param target for one replica; for all of them with a trigger whose {@code metricType} is {@code Value} */
record MetricSpec(String metricName, double target) {}
