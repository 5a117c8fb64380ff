// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Postgres primary with streaming standbys. Each standby reaches its upstream through a {@link TcpProxy} of its own,
 * so that it can be cut off alone; clients reach every node directly.
 *
 * <p>Not thread-safe: one test or drill drives it.
 */
public final class PostgresCluster implements AutoCloseable {

    private static final Duration STREAMING_LIMIT = Duration.ofSeconds(30);

    private final ClusterPlan plan;
    private final PostgresBinaries binaries;
    private final Map<String, PostgresServer> nodes = new LinkedHashMap<>();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private PostgresServer primary;

    /** From where a standby streams, and through what. */
    private record Link(PostgresServer upstream, TcpProxy proxy) {}

    PostgresCluster(ClusterPlan plan) {
        this.plan = plan;
        this.binaries = PostgresBinaries.of(plan.major());
        this.primary = add("pg-1");
    }

    /** A primary with one standby; say what else before {@link ClusterPlan#start()}. */
    public static ClusterPlan of(int major) {
        return new ClusterPlan(major, 1, false, "", Map.of());
    }

    void startAll() {
        primary.initialize();
        primary.start();
        for (int i = 0; i < plan.standbys(); i++) {
            addStandby("pg-" + (i + 2), primary);
        }
        awaitStreaming();
        if (!plan.synchronous().isEmpty()) {
            primary.configure("synchronous_standby_names", plan.synchronous());
        }
    }

    /** The node that was made primary last. After a promotion the old one may still run and believe it is one, too. */
    public PostgresServer primary() {
        return primary;
    }

    /** Every node but the primary, in the order of their names' numbers. */
    public List<PostgresServer> standbys() {
        return nodes.values().stream().filter(node -> node != primary).toList();
    }

    /** The first standby. */
    public PostgresServer standby() {
        return standbys().getFirst();
    }

    public List<PostgresServer> nodes() {
        return List.copyOf(nodes.values());
    }

    public PostgresServer node(String name) {
        var node = nodes.get(name);
        if (node == null) {
            throw new LabException("no node " + name + ", there are " + nodes.keySet());
        }
        return node;
    }

    /** A new standby, copied from a running node; it is not awaited. */
    public PostgresServer addStandby(String name, PostgresServer upstream) {
        var standby = add(name);
        copy(standby, upstream);
        return standby;
    }

    /**
     * Makes a standby the primary. Nothing is done to the old one, nor to the standbys that stream from it, and the new
     * one waits for no synchronous standby.
     */
    public void promote(PostgresServer standby) {
        standby.promote();
        unlink(standby);
        primary = standby;
    }

    /** Lets a standby stream from another node. It must not be ahead of it. */
    public void follow(PostgresServer standby, PostgresServer upstream) {
        var proxy = link(standby);
        createSlot(standby, upstream);
        links.put(standby.name(), new Link(upstream, proxy));
        proxy.target(upstream.port());
    }

    /** Makes a node a standby by a new copy: the only way back for a primary that was left behind. It is not awaited. */
    public void rebuild(PostgresServer node, PostgresServer upstream) {
        unlink(node);
        node.kill();
        node.directory().wipe();
        copy(node, upstream);
    }

    /** Resets the standby's connections to its upstream and refuses new ones. */
    public void cut(PostgresServer standby) {
        link(standby).mode(TcpProxy.Mode.CUT);
    }

    /** Loses every packet between the standby and its upstream. */
    public void freeze(PostgresServer standby) {
        link(standby).mode(TcpProxy.Mode.FREEZE);
    }

    /** Undoes cut and freeze. */
    public void heal(PostgresServer standby) {
        link(standby).mode(TcpProxy.Mode.FORWARD);
    }

    /** The network between a standby and its upstream. */
    public TcpProxy link(PostgresServer standby) {
        var link = links.get(standby.name());
        if (link == null) {
            throw new LabException(standby.name() + " is not a standby");
        }
        return link.proxy();
    }

    /** Returns when every standby streams from its upstream. */
    public void awaitStreaming() {
        links.forEach((name, link) -> Await.until(
                name + " to stream from " + link.upstream().name(),
                STREAMING_LIMIT,
                () -> link.upstream()
                        .value("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
                                + " AND application_name = '" + name + "'")
                        .equals("1"),
                () -> node(name).logTail()));
    }

    /** Returns when a standby has replayed what the primary has written until now. */
    public void awaitReplayed(PostgresServer standby) {
        var written = primary.value("SELECT pg_current_wal_lsn()");
        Await.until(
                standby.name() + " to replay " + written,
                STREAMING_LIMIT,
                () -> standby.value("SELECT pg_last_wal_replay_lsn() >= '" + written + "'")
                        .equals("t"),
                standby::logTail);
    }

    /** {@link PostgresServer#createMonitor} on the primary; standbys get it by replication. */
    public void createMonitor(String user, String password) {
        primary.createMonitor(user, password);
    }

    private PostgresServer add(String name) {
        var node = new PostgresServer(name, binaries, plan.settings());
        if (nodes.putIfAbsent(name, node) != null) {
            node.close();
            throw new LabException("there is already a node " + name);
        }
        return node;
    }

    private void copy(PostgresServer standby, PostgresServer upstream) {
        var proxy = new TcpProxy(upstream.port());
        links.put(standby.name(), new Link(upstream, proxy));
        createSlot(standby, upstream); // before the copy: it keeps the WAL that the copy will need
        OnlineCopy.make(upstream, standby);
        if (plan.slots()) {
            standby.configure("primary_slot_name", slot(standby));
        }
        standby.configure(
                "primary_conninfo",
                "host=127.0.0.1 port=" + proxy.port() + " user=" + Superuser.NAME + " application_name="
                        + standby.name() + " connect_timeout=5 sslmode=disable gssencmode=disable");
        standby.start();
    }

    private void createSlot(PostgresServer standby, PostgresServer upstream) {
        if (plan.slots()) {
            var slot = slot(standby);
            upstream.value("SELECT pg_create_physical_replication_slot('" + slot + "', true)"
                    + " WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '" + slot + "')");
        }
    }

    /** Slot names have no dashes. */
    private static String slot(PostgresServer standby) {
        return standby.name().replace('-', '_');
    }

    private void unlink(PostgresServer node) {
        var link = links.remove(node.name());
        if (link != null) {
            link.proxy().close();
        }
    }

    @Override
    public void close() {
        links.values().forEach(link -> link.proxy().close());
        nodes.values().forEach(PostgresServer::close);
    }

    @Override
    public String toString() {
        return nodes.values().stream().map(PostgresServer::toString).collect(Collectors.joining(", "));
    }
}
