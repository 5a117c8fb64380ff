// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.client.redis.Address;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Redis Cluster of three masters, two of them with a replica. */
class ClusterTest {

    private static final int MASTERS = 3;
    private static final List<String> SLOTS = List.of("0 5460", "5461 10922", "10923 16383");

    private final List<RedisSet> sets = new ArrayList<>();

    @AfterEach
    void stop() {
        sets.forEach(RedisSet::close);
    }

    @Test
    void marginsFollowMastersAndReplicas() {
        var servers = servers();
        form(servers);
        var nodes = new LinkedHashMap<String, Address>();
        for (int i = 0; i < servers.size(); i++) {
            nodes.put("redis-" + (i + 1), new Address(servers.get(i).address()));
        }
        try (var watched =
                WatchedRedis.watch(WatchedRedis.settings(nodes, Map.of(), Optional.empty(), Optional.empty()))) {
            await().until(() -> watched.is(1, "ha_quorum_margin", "unit", "masters")
                    && watched.is(1, "redis_cluster_shards_without_replica")
                    && watched.is(0, "ha_invariant_violated", "check", "cluster_view_agrees"));
            assertThat(watched.is(3, "redis_cluster_shards")).isTrue();
            assertThat(watched.is(0, "ha_quorum_margin", "unit", "shard")).isTrue();
            assertThat(watched.is(0, "ha_quorum_margin", "unit", "")).isTrue();
            assertThat(watched.is(0, "ha_invariant_violated", "check", "cluster_slots_owned"))
                    .isTrue();
            assertThat(watched.is(16384, "redis_cluster_slots_ok", "node", "redis-1"))
                    .isTrue();
            assertThat(watched.value("ha_primary_count")).isEmpty();
            servers.getFirst().command("SET", "{06S}key", "value"); // a key of slot 0
            for (var replica : List.of("redis-4", "redis-5")) {
                await().until(() -> watched.value("redis_replication_lag_seconds", "node", replica)
                                .orElse(9)
                        < 0.5);
            }

            servers.get(3).kill();
            await().until(() -> watched.is(2, "redis_cluster_shards_without_replica"));
            // The shard without a replica loses its master: nobody takes over, and the others notice it late.
            servers.get(2).kill();
            await().until(() -> watched.is(-1, "ha_quorum_margin", "unit", "shard"));
            assertThat(watched.is(0, "ha_quorum_margin", "unit", "masters")).isTrue();
            assertThat(watched.is(-1, "ha_quorum_margin", "unit", "")).isTrue();
            await().until(() -> watched.is(0, "redis_cluster_state", "node", "redis-1"));
        }
    }

    private List<RedisServer> servers() {
        var servers = new ArrayList<RedisServer>();
        for (int i = 0; i < MASTERS + 2; i++) {
            var set = RedisSet.plan()
                    .setting("cluster-enabled", "yes")
                    .setting("cluster-node-timeout", "1500")
                    .start();
            sets.add(set);
            servers.add(set.master());
        }
        return servers;
    }

    private static void form(List<RedisServer> servers) {
        for (int i = 0; i < MASTERS; i++) {
            var range = SLOTS.get(i).split(" ");
            servers.get(i).command("CLUSTER", "ADDSLOTSRANGE", range[0], range[1]);
        }
        var first = Integer.toString(servers.getFirst().port());
        servers.stream().skip(1).forEach(server -> server.command("CLUSTER", "MEET", "127.0.0.1", first));
        for (int i = MASTERS; i < servers.size(); i++) {
            var replica = servers.get(i);
            var master = String.valueOf(servers.get(i - MASTERS).command("CLUSTER", "MYID"));
            await().until(() ->
                    String.valueOf(replica.command("CLUSTER", "NODES")).contains(master));
            replica.command("CLUSTER", "REPLICATE", master);
        }
        await().until(() -> servers.stream()
                .allMatch(server ->
                        String.valueOf(server.command("CLUSTER", "INFO")).contains("cluster_state:ok")));
    }
}
