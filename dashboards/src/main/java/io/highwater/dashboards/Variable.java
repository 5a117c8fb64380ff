// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

/**
 * What a user chooses at the top of a dashboard: values of a label, one, several or all. All is also what has no such
 * label, so that a dashboard works where Prometheus drops it.
 *
 * @param label its name as well
 * @param selector the series whose values of the label can be chosen
 */
public record Variable(String label, String title, String selector) {

    /** The clusters that have targets of these components: a regular expression. */
    static Variable clusters(String components) {
        return new Variable("cluster", "Cluster", "highwater_target_up{component=~'%s'}".formatted(components));
    }

    /** The nodes of these components in the chosen clusters. */
    static Variable nodes(String components) {
        return new Variable(
                "node", "Node", "highwater_target_up{component=~'%s', cluster=~'$cluster'}".formatted(components));
    }

    /** As Grafana asks for it. */
    public String query() {
        return "label_values(" + selector + ", " + label + ")";
    }

    /** The same in PromQL alone: what there was in the range of time that is shown. */
    public Query asQuery() {
        return new Query(
                "group by (%1$s) (last_over_time(%2$s[$__range]))".formatted(label, selector), "{{" + label + "}}");
    }
}
