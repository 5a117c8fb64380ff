// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.Watched;
import io.highwater.exporters.Witness;
import io.highwater.lab.RedisSentinel;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisVersion;
import io.highwater.lab.RedisWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page says while a master dies, Sentinels act or cannot, or two say that they are master. */
class FailoverTest {

    private static final String LAG = "redis_replication_lag_seconds";
    private static final String VIOLATED = "ha_invariant_violated";
    private static final String MARGIN = "ha_quorum_margin";

    /** What is refused is seen with the next collection and derived at once; the rest is for a busy machine. */
    private static final Duration TWO_INTERVALS =
            WatchedRedis.INTERVAL.multipliedBy(2).plusMillis(500);

    @Test
    void aMasterDiesAnotherTakesOverAndItComesBackAsAReplica() {
        failOver(RedisVersion.REDIS_7_0);
    }

    @Tag("every-version")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REDIS_7_0")
    void soItIsWithTheOtherVersions(RedisVersion version) {
        failOver(version);
    }

    private static void failOver(RedisVersion version) {
        try (var set = RedisSet.plan().version(version).replicas(2).sentinels(3).start();
                var writer = RedisWriter.start(set, 50);
                var watched = WatchedRedis.of(set)) {
            var old = set.master();
            long before = epoch(set);
            await().until(() -> watched.is(2, MARGIN, "unit", "") && watched.is(1, MARGIN, "unit", "failover"));
            for (var replica : set.replicas()) {
                await().until(() -> watched.value(LAG, "node", replica.name()).orElse(9) < 0.5);
            }
            try (var witness = Witness.of(watched)) {
                witness.between(0, 1, "ha_primary_count")
                        .between(1, 1, MARGIN, "unit", "failover")
                        .between(1, 1, MARGIN, "unit", "odown")
                        .between(0, 2, "redis_failovers_total")
                        .between(0, 1.5, "ha_rpo_seconds");
                set.servers().forEach(server -> witness.between(0, 1.5, LAG, "node", server.name()));

                old.kill();
                await().atMost(TWO_INTERVALS).until(() -> watched.is(0, "ha_primary_count"));
                for (var replica : set.replicas()) {
                    assertThat(watched.value(LAG, "node", replica.name())).isEmpty();
                    assertThat(watched.is(1, "ha_replica_promotable", "node", replica.name()))
                            .isTrue();
                }
                assertThat(watched.value("ha_rpo_seconds")).isEmpty();
                assertThat(watched.is(-1, MARGIN, "unit", "")).isTrue();
                assertThat(watched.value("ha_failover_loss_seconds").orElseThrow())
                        .isLessThan(1);

                set.awaitFailover();
                var next = set.master();
                var other = set.replicas().stream()
                        .filter(server -> server != old)
                        .findFirst()
                        .orElseThrow();
                await().until(() -> watched.is(1, "ha_role_info", "node", next.name(), "role", "primary")
                        && watched.is(1, "ha_primary_count"));
                await().until(() -> watched.value(LAG, "node", other.name()).orElse(9) < 0.5);
                await().until(() -> watched.value("redis_failovers_total", "master_name", RedisSet.MASTER_NAME)
                                        .orElse(0)
                                >= 1
                        && watched.is(1, "redis_sentinel_view_agrees", "master_name", RedisSet.MASTER_NAME)
                        && watched.is(0, VIOLATED, "check", "replicas_follow_primary"));
                assertFailovers("ha_role_changes_total", watched, epoch(set) - before);
                assertThat(watched.value("ha_last_failover_timestamp_seconds").orElseThrow())
                        .isGreaterThan(System.currentTimeMillis() / 1e3 - 30);
                assertThat(watched.is(1, "ha_replica_state", "node", old.name(), "state", "unreachable"))
                        .isTrue();
                assertThat(watched.is(1, MARGIN, "unit", "")).isTrue();
                witness.assertHonest();

                // It does not know yet that it is no master any more, and would take writes.
                witness.between(0, 3, "ha_primary_count");
                old.start();
                await().until(() -> watched.is(2, "redis_masters_in_set"));
                assertThat(watched.is(1, VIOLATED, "check", "one_primary")).isTrue();
                assertThat(watched.value(LAG, "node", other.name())).isEmpty();
                assertThat(watched.value("ha_rpo_seconds")).isEmpty();

                await().until(() -> watched.is(1, "ha_replica_state", "node", old.name(), "state", "streaming"));
                await().until(() -> watched.is(2, MARGIN, "unit", "")
                        && watched.value(LAG, "node", old.name()).orElse(9) < 0.5);
                assertFailovers("redis_failovers_total", watched, epoch(set) - before);
                // Beside the old one there is one for each time that the Sentinels promoted.
                assertThat(witness.highest("ha_primary_count").orElseThrow()).isBetween(2.0, 1.0 + epoch(set) - before);
                witness.assertHonest();
            }
            assertThat(writer.failures()).isPositive();
        }
    }

    /** On a busy machine the Sentinels may have changed their mind once more. */
    private static void assertFailovers(String family, Watched watched, long begun) {
        assertThat(watched.value(family).orElseThrow()).as(family).isBetween(1.0, (double) Math.max(1, begun));
    }

    /** How many failovers the Sentinels have begun. */
    private static long epoch(RedisSet set) {
        var fields = (List<?>)
                Objects.requireNonNull(set.sentinels().getFirst().command("SENTINEL", "MASTER", RedisSet.MASTER_NAME));
        return Long.parseLong(String.valueOf(fields.get(fields.indexOf("config-epoch") + 1)));
    }

    @Test
    void aMinorityOfSentinelsCannotFailOverAndOneThatIsMistakenIsSeen() {
        try (var set = RedisSet.plan().replicas(1).sentinels(3).start();
                var watched = WatchedRedis.of(set)) {
            var first = set.sentinels().get(0);
            var second = set.sentinels().get(1);
            var third = set.sentinels().get(2);
            await().until(() -> watched.is(1, MARGIN, "unit", "failover") && watched.is(1, "ha_primary_count"));

            monitor(first, set.replica());
            await().until(() -> watched.is(0, "redis_sentinel_view_agrees"));
            assertThat(watched.is(1, VIOLATED, "check", "sentinels_agree")).isTrue();
            assertThat(watched.is(1, VIOLATED, "check", "sentinel_master_is_primary"))
                    .isTrue();
            monitor(first, set.master());
            await().until(() -> watched.is(1, "redis_sentinel_view_agrees")
                    && watched.is(0, VIOLATED, "check", "sentinel_master_is_primary")
                    && watched.is(1, "redis_sentinel_master_ckquorum_status", "node", first.name()));

            try (var witness = Witness.of(watched)) {
                witness.between(1, 1, "ha_primary_count")
                        .between(0, 1, LAG, "node", set.replica().name());
                second.kill();
                await().atMost(TWO_INTERVALS).until(() -> watched.is(0, MARGIN, "unit", "failover"));
                third.pause();
                // A hang is known when a collection has waited for two seconds.
                await().atMost(Duration.ofSeconds(3)).until(() -> watched.is(-1, MARGIN, "unit", "failover"));
                assertThat(watched.is(-1, MARGIN, "unit", "odown")).isTrue();
                assertThat(watched.is(0, "redis_up", "node", third.name())).isTrue();
                // The Sentinel that is left notices only after down-after-milliseconds.
                await().until(() -> watched.is(0, "redis_sentinel_master_ckquorum_status", "node", first.name()));
                third.resume();
                await().until(() -> watched.is(0, MARGIN, "unit", "failover"));
                witness.assertHonest();
            }
        }
    }

    /** Tells one Sentinel where the master is, as an operator would who is mistaken. */
    private static void monitor(RedisSentinel sentinel, RedisServer master) {
        var port = Integer.toString(master.port());
        sentinel.command("SENTINEL", "REMOVE", RedisSet.MASTER_NAME);
        sentinel.command("SENTINEL", "MONITOR", RedisSet.MASTER_NAME, "127.0.0.1", port, "2");
        sentinel.command("SENTINEL", "SET", RedisSet.MASTER_NAME, "down-after-milliseconds", "1000");
    }

    @Test
    void twoServersThatBothSayMasterAreASplitBrain() {
        try (var set = RedisSet.plan().replicas(1).start();
                var watched = WatchedRedis.of(set)) {
            var replica = set.replica();
            await().until(() -> watched.is(1, "ha_primary_count")
                    && watched.value(LAG, "node", replica.name()).isPresent());
            assertThat(watched.is(0, VIOLATED, "check", "one_primary")).isTrue();

            replica.promote();

            await().atMost(TWO_INTERVALS).until(() -> watched.is(2, "ha_primary_count"));
            assertThat(watched.is(1, VIOLATED, "check", "one_primary")).isTrue();
            assertThat(watched.value(LAG, "node", replica.name())).isEmpty();
            assertThat(watched.value("ha_rpo_seconds")).isEmpty();

            set.follow(replica, set.master());
            await().until(() -> watched.is(1, "ha_primary_count")
                    && watched.value(LAG, "node", replica.name()).orElse(9) < 0.5);
        }
    }
}
