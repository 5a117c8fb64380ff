// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the demo shows of one scrape. What is not known is absent, as it is in the page.
 *
 * @param primaries nodes that take writes
 * @param rpoSeconds what would be lost if the primary died now, or is lost if it is dead and the standby takes over
 * @param rpoBytes the same, as log
 * @param walRate bytes of log written per second
 */
record Sight(
        List<Node> nodes,
        OptionalDouble primaries,
        OptionalDouble rpoSeconds,
        OptionalDouble rpoBytes,
        OptionalDouble walRate) {

    /**
     * One server.
     *
     * @param role primary or replica, empty when unknown
     * @param connections of clients, with our own
     * @param lag of its replay, in seconds
     */
    record Node(String name, boolean isUp, String role, OptionalDouble connections, OptionalDouble lag) {}

    /**
     * From a scrape and the one before.
     *
     * @param seconds between the two
     */
    static Sight of(Readings readings, Readings before, double seconds, List<String> names) {
        return new Sight(
                names.stream().map(name -> node(readings, name)).toList(),
                readings.value("ha_primary_count"),
                exposed(readings, "seconds"),
                exposed(readings, "bytes"),
                rate(readings.max("pg_wal_position_bytes"), before.max("pg_wal_position_bytes"), seconds));
    }

    private static OptionalDouble exposed(Readings readings, String unit) {
        var rpo = readings.value("ha_rpo_" + unit);
        return rpo.isPresent() ? rpo : readings.value("ha_failover_loss_" + unit);
    }

    private static OptionalDouble rate(OptionalDouble now, OptionalDouble before, double seconds) {
        return now.isEmpty() || before.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, now.getAsDouble() - before.getAsDouble()) / seconds);
    }

    private static Node node(Readings readings, String name) {
        var label = "node=\"" + name + "\"";
        return new Node(
                name,
                readings.value("pg_up", label).orElse(0) == 1,
                role(readings, label),
                readings.value("pg_connections_used", label),
                readings.value("pg_replication_lag_seconds", label));
    }

    private static String role(Readings readings, String label) {
        for (var role : List.of("primary", "replica")) {
            if (readings.value("ha_role_info", label, "role=\"" + role + "\"").orElse(0) == 1) {
                return role;
            }
        }
        return "";
    }

    long up() {
        return nodes.stream().filter(Node::isUp).count();
    }

    /** The greatest of all replicas. */
    OptionalDouble lag() {
        return nodes.stream().flatMapToDouble(node -> node.lag().stream()).max();
    }

    OptionalDouble connections() {
        return nodes.stream()
                .flatMapToDouble(node -> node.connections().stream())
                .reduce(Double::sum);
    }
}
