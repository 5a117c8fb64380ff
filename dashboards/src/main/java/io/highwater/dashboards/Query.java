// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import java.util.Map;

/**
 * A question to Prometheus.
 *
 * @param expr PromQL with Grafana's variables
 * @param legend what names a series: text with labels such as <code>{{node}}</code>
 */
public record Query(String expr, String legend) {

    /** What stands for matchers of what is chosen: in the chosen clusters, the chosen of these. */
    private static final Map<String, String> CHOSEN = Map.of(
            "$NODE", "node",
            "$STREAM", "stream_name",
            "$QUEUE", "queue",
            "$OUTBOX", "outbox",
            "$CLAIM", "claim");

    /** PromQL in which {@code $CLUSTER} stands for the matcher of the chosen clusters, and {@code $NODE} and others with it. */
    static Query of(String expr, String legend) {
        var text = expr;
        for (var one : CHOSEN.entrySet()) {
            text = text.replace(one.getKey(), "$CLUSTER, " + one.getValue() + "=~'$" + one.getValue() + "'");
        }
        return new Query(text.replace("$CLUSTER", "cluster=~'$cluster'"), legend);
    }
}
