// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisWriter;
import org.junit.jupiter.api.Test;

/** What the page says while a master dies and the Sentinels put another one in its place. */
class FailoverTest {

    private static final String LAG = "redis_replication_lag_seconds";

    @Test
    void aMasterDiesAndComesBack() {
        try (var set = RedisSet.plan().replicas(2).sentinels(3).start();
                var writer = RedisWriter.start(set, 50);
                var watched = WatchedRedis.of(set)) {
            var old = set.master();
            await().until(() -> watched.is(2, "ha_quorum_margin", "cluster", "jobs\",component=\"redis\"}")
                    || margin(watched) == 2);
            await().until(() -> set.replicas().stream()
                    .allMatch(replica ->
                            watched.value(LAG, "node", replica.name()).orElse(9) < 1));
            System.out.println(watched.page());
            old.kill();
            set.awaitFailover();
            System.out.println(watched.page());
        }
    }

    private static double margin(WatchedRedis watched) {
        return watched.page().lines()
                .filter(line -> line.startsWith("ha_quorum_margin{cluster=\"jobs\",component=\"redis\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(Double.NaN);
    }
}
