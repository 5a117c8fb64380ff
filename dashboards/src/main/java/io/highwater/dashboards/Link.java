// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

/**
 * Where a click leads, with the range of time and the data source of where it comes from.
 *
 * @param path below Grafana's address, with Grafana's variables for what was clicked at
 */
public record Link(String title, String path) {

    private static final String AS_HERE = "var-datasource=${datasource}&${__url_time_range}";

    /** To a dashboard, for the cluster of the series that was clicked at. */
    static Link toCluster(String title, String uid) {
        return new Link(title, "/d/" + uid + "?var-cluster=${__field.labels.cluster}&" + AS_HERE);
    }

    /** To a dashboard, for the cluster of the row of a table that was clicked at. */
    static Link toRow(String title, String uid) {
        return new Link(title, "/d/" + uid + "?var-cluster=${__data.fields.cluster}&" + AS_HERE);
    }

    /** To the same dashboard, for one cluster and one of its nodes. */
    static Link toNode(String uid) {
        return new Link(
                "This node alone",
                "/d/" + uid + "?var-cluster=${__field.labels.cluster}&var-node=${__field.labels.node}&" + AS_HERE);
    }
}
