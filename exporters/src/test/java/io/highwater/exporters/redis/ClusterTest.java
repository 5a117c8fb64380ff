// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.client.redis.Address;
import io.highwater.lab.RedisCluster;
import io.highwater.lab.RedisServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Redis Cluster of three masters, two of them with a replica. */
class ClusterTest {

    @Test
    void marginsFollowMastersAndReplicas() {
        try (var cluster = RedisCluster.start(2)) {
            marginsFollow(cluster.servers());
        }
    }

    private static void marginsFollow(List<RedisServer> servers) {
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
}
