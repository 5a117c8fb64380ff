// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.highwater.exporters.Watched;
import io.highwater.exporters.Witness;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisWriter;
import io.highwater.lab.junit.RedisSetExtension;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lag that is shown, against the truth that a writer knows. */
class ReplicationLagTest {

    private static final String LAG = "redis_replication_lag_seconds";
    private static final String STATE = "ha_replica_state";

    @RegisterExtension
    static final RedisSetExtension lab =
            new RedisSetExtension(RedisSet.plan().replicas(2).setting("repl-backlog-size", "16kb"));

    private RedisServer replica;
    private RedisServer other;
    private Watched watched;

    @BeforeEach
    void watch() {
        replica = lab.set().replicas().get(0);
        other = lab.set().replicas().get(1);
        watched = WatchedRedis.of(lab.set());
        await().until(() -> watched.value(LAG, "node", replica.name()).orElse(9) < 0.5
                && watched.value(LAG, "node", other.name()).orElse(9) < 0.5);
    }

    @AfterEach
    void heal() {
        watched.close();
        lab.set().heal(replica);
        lab.set().awaitInSync();
    }

    @Test
    void aReplicaCutOffFallsBehindAsMuchAsTheWriterSays() {
        try (var writer = RedisWriter.start(lab.set(), 100);
                var witness = Witness.of(watched)) {
            await().until(() -> writer.acknowledged().size() > 20);
            // A busy machine has its own stalls; what must not show here is the lag of the one that is cut off.
            witness.between(0, 1.5, LAG, "node", other.name()).between(0, 1.5, "ha_rpo_seconds");
            lab.set().cut(replica);
            await().until(() -> watched.is(1, STATE, "node", replica.name(), "state", "disconnected"));
            for (int second = 1; second <= 3; second++) {
                int wanted = second;
                await().until(() -> writer.exposure(replica)
                        .filter(exposed -> exposed.toMillis() > wanted * 1000L)
                        .isPresent());
                assertLagIsTrue(writer);
            }
            assertThat(watched.value("redis_replication_lag_bytes", "node", replica.name())
                            .orElseThrow())
                    .isGreaterThan(200 * 30);
            assertThat(watched.value("redis_replication_lag_method_info", "node", replica.name(), "method", "timeline"))
                    .hasValue(1);

            lab.set().heal(replica);
            await().until(() -> watched.value(LAG, "node", replica.name()).orElse(9) < 0.5);
            witness.assertHonest();
        }
    }

    @Test
    void aFrozenLinkLooksAliveToBothAndTheLagGrowsAllTheSame() {
        try (var writer = RedisWriter.start(lab.set(), 100)) {
            await().until(() -> writer.acknowledged().size() > 20);
            lab.set().freeze(replica);
            await().until(() -> writer.exposure(replica)
                    .filter(exposed -> exposed.toMillis() > 2_000)
                    .isPresent());
            assertThat(watched.is(1, "redis_master_link_up", "node", replica.name()))
                    .isTrue();
            assertThat(watched.is(
                            2, "redis_connected_slaves", "node", lab.master().name()))
                    .isTrue();
            assertLagIsTrue(writer);
        }
    }

    @Test
    void anAgentThatComesLateKnowsTheLagFromTheReplica() {
        try (var writer = RedisWriter.start(lab.set(), 100)) {
            await().until(() -> writer.acknowledged().size() > 20);
            lab.set().cut(replica);
            await().until(() -> writer.exposure(replica)
                    .filter(exposed -> exposed.toMillis() > 2_000)
                    .isPresent());
            watched.close();
            watched = WatchedRedis.of(lab.set());
            await().until(() -> watched.value(LAG, "node", replica.name()).isPresent());
            assertThat(watched.is(1, "redis_replication_lag_method_info", "node", replica.name(), "method", "node"))
                    .isTrue();
            // Redis tells it in whole seconds.
            assertThat(watched.value(LAG, "node", replica.name()).orElseThrow())
                    .isCloseTo(writer.exposure(replica).orElseThrow().toMillis() / 1e3, within(1.6));
        }
    }

    @Test
    void nothingIsLackedWhileNothingIsWrittenThoughPingsMoveTheOffset() {
        lab.master().command("SET", "last", "words");
        lab.set().awaitCaughtUp(replica);
        lab.set().cut(replica);
        await().until(() -> watched.is(1, STATE, "node", replica.name(), "state", "disconnected"));
        try (var witness = Witness.of(watched)) {
            witness.between(0, 0, LAG, "node", replica.name())
                    .between(0, 0, "redis_replication_lag_bytes", "node", replica.name())
                    .between(0, 0, "ha_rpo_seconds");
            long before = offset();
            await().until(() -> offset() > before + 30);
            assertThat(watched.is(0, LAG, "node", replica.name())).isTrue();
            witness.assertHonest();
        }
        // A single write, and it lacks that one from then on.
        lab.master().command("SET", "one", "more");
        await().until(() -> watched.value(LAG, "node", replica.name()).orElse(0) > 1);
    }

    @Test
    void aReplicaThatWasAwayTooLongNeedsAWholeCopy() {
        try (var witness = Witness.of(watched)) {
            lab.set().cut(replica);
            await().until(() -> watched.is(1, STATE, "node", replica.name(), "state", "disconnected"));
            double copies = watched.value(
                            "redis_replica_resyncs_full", "node", lab.master().name())
                    .orElseThrow();
            for (int i = 0; i < 20; i++) {
                lab.master().command("SET", "big" + i, "x".repeat(2048));
            }
            witness.between(1, 1, "ha_primary_count");
            await().until(() -> watched.value("redis_replication_lag_bytes", "node", replica.name())
                            .orElse(0)
                    > 40_000);
            lab.set().heal(replica);
            await().until(() -> watched.is(
                            copies + 1,
                            "redis_replica_resyncs_full",
                            "node",
                            lab.master().name())
                    && watched.value(LAG, "node", replica.name()).orElse(9) < 0.5
                    && watched.is(1, STATE, "node", replica.name(), "state", "streaming"));
            witness.assertHonest();
        }
    }

    @Test
    void aFrozenReplicaIsOnlineToItsMasterAndUnreachableToUs() {
        try (var writer = RedisWriter.start(lab.set(), 100)) {
            await().until(() -> writer.acknowledged().size() > 20);
            replica.pause();
            await().atMost(Duration.ofSeconds(3)).until(() -> watched.is(0, "redis_up", "node", replica.name()));
            await().until(() -> watched.is(1, STATE, "node", replica.name(), "state", "unreachable")
                    && watched.value(LAG, "node", replica.name()).isEmpty()
                    && watched.value("ha_replica_promotable", "node", replica.name())
                            .isEmpty()
                    && watched.is(1, "ha_quorum_margin", "unit", ""));
            assertThat(watched.is(
                            2, "redis_connected_slaves", "node", lab.master().name()))
                    .isTrue();
            assertThat(watched.value("ha_rpo_seconds").orElseThrow()).isLessThan(0.5);
        } finally {
            replica.resume();
        }
        await().until(() -> watched.value(LAG, "node", replica.name()).orElse(9) < 0.5);
    }

    @Test
    void theBacklogsMarginFollowsTheRateOfWriting() {
        try (var writer = RedisWriter.start(lab.set(), 100)) {
            long start = System.nanoTime();
            long before = offset();
            await().until(() -> writer.acknowledged().size() > 1_100);
            await().until(() ->
                    watched.value("redis_replication_backlog_margin_seconds").isPresent());
            double rate = (offset() - before) / ((System.nanoTime() - start) / 1e9);
            assertThat(watched.value("redis_replication_backlog_margin_seconds").orElseThrow())
                    .isCloseTo(16 * 1024 / rate, within(16 * 1024 / rate * 0.3));
        }
    }

    private void assertLagIsTrue(RedisWriter writer) {
        double shown = watched.value(LAG, "node", replica.name()).orElseThrow();
        double truth = writer.exposure(replica).orElseThrow().toMillis() / 1e3;
        assertThat(shown).isCloseTo(truth, within(0.6));
    }

    private static long offset() {
        return Long.parseLong(lab.master().info("master_repl_offset"));
    }
}
