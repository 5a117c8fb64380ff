// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Redis master with replicas, and Sentinels that watch them: one set of data, no Redis Cluster.
 *
 * <p>Without Sentinels each replica reaches its master through a {@link TcpProxy} of its own, so that it can be cut off
 * alone. With Sentinels it does not, since they would send it to the master's true address.
 *
 * <p>Not thread-safe: one test or drill drives it.
 */
public final class RedisSet implements AutoCloseable {

    /** What the Sentinels call the set. */
    public static final String MASTER_NAME = "lab";

    private static final Duration SYNC_LIMIT = Duration.ofSeconds(30);
    private static final Duration FAILOVER_LIMIT = Duration.ofSeconds(60);

    private final RedisPlan plan;
    private final Map<String, RedisServer> servers = new LinkedHashMap<>();
    private final List<RedisSentinel> sentinels = new ArrayList<>();
    private final Map<String, TcpProxy> links = new LinkedHashMap<>();
    private volatile RedisServer master;

    RedisSet(RedisPlan plan) {
        this.plan = plan;
        this.master = add("redis-1");
    }

    /** A master alone, of the version that is always there; say what else before {@link RedisPlan#start()}. */
    public static RedisPlan plan() {
        return new RedisPlan(RedisVersion.REDIS_7_0, 0, 0, Duration.ofSeconds(1), Map.of());
    }

    void startAll() {
        master.start();
        for (int i = 0; i < plan.replicas(); i++) {
            var replica = add("redis-" + (i + 2)).start();
            if (plan.sentinels() == 0) {
                links.put(replica.name(), new TcpProxy(master.port()));
            }
            follow(replica, master);
        }
        awaitInSync();
        for (int i = 0; i < plan.sentinels(); i++) {
            var sentinel = new RedisSentinel("sentinel-" + (i + 1), plan.version(), sentinelSettings());
            sentinels.add(sentinel);
            sentinel.start();
        }
        sentinels.forEach(this::awaitKnowsAll);
    }

    private Map<String, String> sentinelSettings() {
        int majority = plan.sentinels() / 2 + 1;
        var settings = new LinkedHashMap<String, String>();
        settings.put("sentinel monitor", MASTER_NAME + " 127.0.0.1 " + master.port() + " " + majority);
        settings.put(
                "sentinel down-after-milliseconds",
                MASTER_NAME + " " + plan.downAfter().toMillis());
        settings.put("sentinel failover-timeout", MASTER_NAME + " 5000");
        return settings;
    }

    /** The server that was made master by the lab, or that {@link #awaitFailover} found to be it. */
    public RedisServer master() {
        return master;
    }

    /** Every server but the master, in the order of their names' numbers. */
    public List<RedisServer> replicas() {
        return servers.values().stream().filter(server -> server != master).toList();
    }

    /** The first replica. */
    public RedisServer replica() {
        return replicas().getFirst();
    }

    public List<RedisServer> servers() {
        return List.copyOf(servers.values());
    }

    public List<RedisSentinel> sentinels() {
        return List.copyOf(sentinels);
    }

    /** Lets a server copy another one, and be its replica from then on; it is not awaited. */
    public void follow(RedisServer replica, RedisServer upstream) {
        var link = links.get(replica.name());
        if (link != null) {
            link.target(upstream.port());
        }
        int port = link == null ? upstream.port() : link.port();
        replica.command("REPLICAOF", "127.0.0.1", Integer.toString(port));
    }

    /** Resets the replica's connection to its master and refuses new ones. */
    public void cut(RedisServer replica) {
        link(replica).mode(TcpProxy.Mode.CUT);
    }

    /** Loses every packet between the replica and its master. */
    public void freeze(RedisServer replica) {
        link(replica).mode(TcpProxy.Mode.FREEZE);
    }

    /** Undoes cut and freeze. */
    public void heal(RedisServer replica) {
        link(replica).mode(TcpProxy.Mode.FORWARD);
    }

    private TcpProxy link(RedisServer replica) {
        var link = links.get(replica.name());
        if (link == null) {
            throw new LabException(
                    replica.name() + " has no link that can fail: it is no replica, or there are Sentinels");
        }
        return link;
    }

    /** Returns when every replica has its copy and a live connection to its master. */
    public void awaitInSync() {
        replicas()
                .forEach(replica -> Await.until(
                        replica.name() + " to be in sync",
                        SYNC_LIMIT,
                        () -> replica.info("master_link_status").equals("up"),
                        replica::logTail));
    }

    /** Returns when a replica has what the master has written until now. */
    public void awaitCaughtUp(RedisServer replica) {
        long written = Long.parseLong(master.info("master_repl_offset"));
        Await.until(
                replica.name() + " to reach " + written,
                SYNC_LIMIT,
                () -> Long.parseLong(replica.info("slave_repl_offset")) >= written,
                replica::logTail);
    }

    private void awaitKnowsAll(RedisSentinel sentinel) {
        Await.until(
                sentinel.name() + " to know all servers and Sentinels",
                SYNC_LIMIT,
                () -> count(sentinel, "SENTINELS") == plan.sentinels() - 1
                        && count(sentinel, "REPLICAS") == plan.replicas(),
                sentinel::logTail);
    }

    private static int count(RedisSentinel sentinel, String what) {
        return sentinel.command("SENTINEL", what, MASTER_NAME) instanceof List<?> list ? list.size() : 0;
    }

    /** Returns when every running Sentinel names one and the same other master, and that one is; it is {@link #master}. */
    public void awaitFailover() {
        var old = master;
        Await.until(
                "the Sentinels to replace " + old.name(),
                FAILOVER_LIMIT,
                () -> chosen().filter(server -> server != old && server.isMaster())
                        .isPresent(),
                () -> sentinels.stream().map(RedisSentinel::logTail).collect(Collectors.joining("\n")));
        master = chosen().orElseThrow();
    }

    /** Where a client writes now: to whom the first Sentinel that answers names, or to the master without Sentinels. */
    RedisServer whereClientsWrite() {
        if (sentinels.isEmpty()) {
            return master;
        }
        for (var sentinel : sentinels) {
            try {
                return server(sentinel.masterPort(MASTER_NAME)).orElseThrow();
            } catch (LabException e) {
                // dead or frozen: the next one
            }
        }
        throw new LabException("no Sentinel answers");
    }

    /** Whom all running Sentinels agree on. */
    private Optional<RedisServer> chosen() {
        var ports = sentinels.stream()
                .filter(RedisSentinel::isRunning)
                .map(sentinel -> sentinel.masterPort(MASTER_NAME))
                .distinct()
                .toList();
        return ports.size() != 1 ? Optional.empty() : server(ports.getFirst());
    }

    private Optional<RedisServer> server(int port) {
        return servers.values().stream().filter(server -> server.port() == port).findFirst();
    }

    private RedisServer add(String name) {
        var server = new RedisServer(name, plan.version(), plan.settings());
        servers.put(name, server);
        return server;
    }

    @Override
    public void close() {
        links.values().forEach(TcpProxy::close);
        sentinels.forEach(RedisSentinel::close);
        servers.values().forEach(RedisServer::close);
    }

    @Override
    public String toString() {
        return Stream.concat(servers.values().stream(), sentinels.stream())
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }
}
