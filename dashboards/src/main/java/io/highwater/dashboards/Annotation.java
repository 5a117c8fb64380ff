// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import java.util.List;

/**
 * Moments that are marked on every panel over time.
 *
 * @param query whose values are the moments in milliseconds, or that is there while something lasts
 * @param momentsAreValues which of both
 * @param title what is written at the mark, with labels
 */
public record Annotation(String name, Query query, boolean momentsAreValues, String title, Colour colour) {

    /** Fires from the first moment until the last. */
    static final Annotation ALERTS = new Annotation(
            "Firing alerts",
            new Query(
                    "max by (cluster, alertname, severity) "
                            + "(ALERTS{alertstate='firing', severity=~'critical|warning', cluster=~'$cluster'})",
                    "{{alertname}}"),
            false,
            "{{alertname}} {{cluster}}",
            Colour.RED);

    /** When another node became the primary. */
    static final Annotation FAILOVERS = new Annotation(
            "Failovers",
            new Query(
                    "max by (cluster, component) (ha_last_failover_timestamp_seconds{cluster=~'$cluster'}) * 1000",
                    "{{component}}"),
            true,
            "Failover: {{component}} of {{cluster}}",
            Colour.ORANGE);

    /** When an agent began to work by another configuration. */
    static final Annotation RELOADS = new Annotation(
            "Configuration reloads",
            new Query(
                    "max by (instance) (highwater_config_last_reload_success_timestamp_seconds) * 1000",
                    "{{instance}}"),
            true,
            "Configuration read by {{instance}}",
            Colour.BLUE);

    static final List<Annotation> ALL = List.of(FAILOVERS, ALERTS, RELOADS);
}
