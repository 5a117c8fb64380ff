// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

/**
 * A question to Prometheus.
 *
 * @param expr PromQL with Grafana's variables
 * @param legend what names a series: text with labels such as <code>{{node}}</code>
 */
public record Query(String expr, String legend) {}
