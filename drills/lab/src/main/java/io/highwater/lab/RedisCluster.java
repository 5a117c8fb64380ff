// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real Redis Cluster of three masters on free loopback ports, the first of them with replicas. */
public final class RedisCluster implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MASTERS = 3;
    private static final List<String> SLOTS = List.of("0 5460", "5461 10922", "10923 16383");

    private final List<RedisSet> sets = new ArrayList<>();

    private RedisCluster() {}

    /** Returns when it serves all slots. */
    public static RedisCluster start(int replicas) {
        var cluster = new RedisCluster();
        try {
            var busPorts = new ArrayList<String>();
            for (int i = 0; i < MASTERS + replicas; i++) {
                busPorts.add(Integer.toString(FreePort.next()));
                cluster.sets.add(RedisSet.plan()
                        .setting("cluster-enabled", "yes")
                        // Else its own + 10000, which the kernel may have given to somebody's client.
                        .setting("cluster-port", busPorts.getLast())
                        .setting("cluster-node-timeout", "1500")
                        .start());
            }
            cluster.form(busPorts.getFirst());
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The masters, then the replicas of the first, the second … */
    public List<RedisServer> servers() {
        return sets.stream().map(RedisSet::master).toList();
    }

    private void form(String firstBusPort) {
        var servers = servers();
        for (int i = 0; i < MASTERS; i++) {
            var range = SLOTS.get(i).split(" ");
            servers.get(i).command("CLUSTER", "ADDSLOTSRANGE", range[0], range[1]);
        }
        var first = Integer.toString(servers.getFirst().port());
        servers.stream().skip(1).forEach(server -> server.command("CLUSTER", "MEET", "127.0.0.1", first, firstBusPort));
        for (int i = MASTERS; i < servers.size(); i++) {
            var replica = servers.get(i);
            var master = String.valueOf(servers.get(i - MASTERS).command("CLUSTER", "MYID"));
            await("a replica to know its master", () -> said(replica, "NODES").contains(master));
            replica.command("CLUSTER", "REPLICATE", master);
        }
        await(
                "the cluster to be whole",
                () -> servers.stream().allMatch(server -> said(server, "INFO").contains("cluster_state:ok")));
    }

    private static String said(RedisServer server, String about) {
        return String.valueOf(server.command("CLUSTER", about));
    }

    private static void await(String what, java.util.function.BooleanSupplier holds) {
        Await.until(what, LIMIT, holds, () -> "");
    }

    @Override
    public void close() {
        sets.forEach(RedisSet::close);
    }
}
