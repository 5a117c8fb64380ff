// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is seen of a primary with replicas.
 *
 * @param primaries nodes that take writes
 * @param rpoSeconds what would be lost if the primary died now, or is lost if it is dead and a replica takes over
 * @param rpoBytes the same, as log
 * @param writeRate bytes of log written per second
 */
record ReplicationSight(
        Words names,
        List<Node> nodes,
        OptionalDouble primaries,
        OptionalDouble rpoSeconds,
        OptionalDouble rpoBytes,
        OptionalDouble writeRate)
        implements Sight {

    static final Words POSTGRES = new Words(
            "postgres", "pg_up", "pg_connections_used", "pg_replication_lag_seconds", "pg_wal_position_bytes");
    static final Words REDIS = new Words(
            "redis",
            "redis_up",
            "redis_connected_clients",
            "redis_replication_lag_seconds",
            "redis_master_repl_offset");

    private static final double LONG_SECONDS = 1;

    /** What a component calls its families. */
    record Words(String component, String up, String connections, String lag, String position) {

        private String label() {
            return "component=\"" + component + "\"";
        }
    }

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
    static ReplicationSight of(Words words, List<String> names, Readings now, Readings before, double seconds) {
        return new ReplicationSight(
                words,
                names.stream().map(name -> node(words, now, name)).toList(),
                now.value("ha_primary_count", words.label()),
                exposed(words, now, "seconds"),
                exposed(words, now, "bytes"),
                rate(now.max(words.position), before.max(words.position), seconds));
    }

    private static OptionalDouble exposed(Words words, Readings now, String unit) {
        var rpo = now.value("ha_rpo_" + unit, words.label());
        return rpo.isPresent() ? rpo : now.value("ha_failover_loss_" + unit, words.label());
    }

    private static OptionalDouble rate(OptionalDouble now, OptionalDouble before, double seconds) {
        return now.isEmpty() || before.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, now.getAsDouble() - before.getAsDouble()) / seconds);
    }

    private static Node node(Words words, Readings now, String name) {
        var label = "node=\"" + name + "\"";
        return new Node(
                name,
                now.value(words.up, label).orElse(0) == 1,
                role(words, now, label),
                now.value(words.connections, label),
                now.value(words.lag, label));
    }

    private static String role(Words words, Readings now, String label) {
        for (var role : List.of("primary", "replica")) {
            if (now.value("ha_role_info", words.label(), label, "role=\"" + role + "\"")
                            .orElse(0)
                    == 1) {
                return role;
            }
        }
        return "";
    }

    @Override
    public String words() {
        return names.component
                + " up=" + nodes.stream().filter(Node::isUp).count() + "/" + nodes.size()
                + " primaries=" + Quantities.count(primaries)
                + " lag=" + Quantities.compact(Quantities.seconds(lag()))
                + " rpo=" + Quantities.compact(Quantities.seconds(rpoSeconds))
                + " rpo_bytes=" + Quantities.count(rpoBytes)
                + " connections=" + Quantities.count(connections())
                + " written=" + Quantities.compact(Quantities.bytes(writeRate)) + "/s";
    }

    @Override
    public List<String> picture(Ink ink) {
        var lines = new ArrayList<String>();
        nodes.forEach(node -> lines.add(line(node, ink)));
        lines.add("would be lost now: " + small("%s", rpoSeconds, ink) + ", " + Quantities.bytes(rpoBytes)
                + "   primaries: " + ink.judge(primaries.equals(OptionalDouble.of(1)), Quantities.count(primaries))
                + "   written: " + Quantities.bytes(writeRate) + "/s");
        return lines;
    }

    private static String line(Node node, Ink ink) {
        return "%-10s%-10s".formatted(node.name, node.isUp ? node.role : "")
                + ink.judge(node.isUp, "%-6s".formatted(node.isUp ? "up" : "down"))
                + "%12s".formatted(node.isUp ? Quantities.count(node.connections) + " clients" : "")
                + (node.lag.isEmpty() ? "" : small("%12s behind", node.lag, ink));
    }

    private static String small(String format, OptionalDouble seconds, Ink ink) {
        return ink.judge(
                seconds.orElse(Double.MAX_VALUE) < LONG_SECONDS, format.formatted(Quantities.seconds(seconds)));
    }

    @Override
    public Curve curve() {
        return new Curve("lag", lag(), Quantities::seconds);
    }

    /** The greatest of all replicas. */
    private OptionalDouble lag() {
        return nodes.stream().flatMapToDouble(node -> node.lag().stream()).max();
    }

    private OptionalDouble connections() {
        return nodes.stream()
                .flatMapToDouble(node -> node.connections().stream())
                .reduce(Double::sum);
    }
}
