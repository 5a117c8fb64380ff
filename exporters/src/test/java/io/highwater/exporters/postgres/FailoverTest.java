// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.Writer;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** What the page says while a primary dies, a standby takes over, or two think that they are primary. */
class FailoverTest {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final String LAG = "pg_replication_lag_seconds";

    @Test
    void aPrimaryDiesAndAStandbyTakesOver() {
        try (var cluster = PostgresCluster.of(18).standbys(2).start();
                var writer = Writer.start(cluster.primary(), "acknowledged", 20);
                var watched = watch(cluster)) {
            var old = cluster.primary();
            var next = cluster.standbys().get(0);
            var other = cluster.standbys().get(1);
            await().until(() -> watched.value("ha_quorum_margin").orElse(0) == 2);

            cluster.cut(next);
            cluster.cut(other);
            await().until(() -> writer.missingOn(next).size() > 20);
            old.kill();
            writer.pause();
            await().until(() -> watched.value("ha_primary_count").orElse(9) == 0);
            assertThat(watched.value(LAG, "node", next.name())).isEmpty();
            assertThat(watched.value("ha_rpo_seconds")).isEmpty();
            assertThat(watched.value("ha_quorum_margin")).hasValue(-1);
            assertThat(watched.value("ha_replica_promotable", "node", next.name()))
                    .hasValue(1);
            // The rows came over more than a second, and their loss does not grow while nothing can be written.
            assertThat(watched.value("ha_failover_loss_seconds").orElseThrow()).isBetween(0.5, 4.0);
            assertThat(watched.value("ha_failover_loss_bytes").orElseThrow()).isGreaterThan(20 * 50);

            cluster.promote(next);
            await().until(() -> watched.value("ha_primary_count").orElse(9) == 1);
            assertThat(watched.value("ha_role_changes_total")).hasValue(1);
            assertThat(watched.value("ha_last_failover_timestamp_seconds").orElseThrow())
                    .isGreaterThan(System.currentTimeMillis() / 1e3 - 30);
            assertThat(watched.value("ha_failover_loss_seconds")).isEmpty();
            // The other standby has the beginning of a history that ended: no lag is better than a wrong one.
            await().until(() -> watched.value("ha_replica_state", "node", other.name(), "state", "other_timeline")
                            .orElse(0)
                    == 1);
            assertThat(watched.value(LAG, "node", other.name())).isEmpty();
            assertThat(watched.value("ha_replica_promotable", "node", other.name()))
                    .hasValue(0);

            cluster.follow(other, next);
            cluster.heal(other);
            writer.target(next);
            writer.resume();
            await().until(() -> watched.value(LAG, "node", other.name()).orElse(9) < 1);
            assertThat(watched.value("ha_replica_state", "node", other.name(), "state", "streaming"))
                    .hasValue(1);
            assertThat(watched.value("ha_replica_state", "node", old.name(), "state", "unreachable"))
                    .hasValue(1);
        }
    }

    @Test
    void aStandbyPromotedBesideALivingPrimaryIsASplitBrain() {
        try (var cluster = PostgresCluster.of(15).start();
                var watched = watch(cluster)) {
            await().until(() -> watched.value("ha_primary_count").orElse(0) == 1);
            assertThat(watched.value("ha_invariant_violated", "check", "one_primary"))
                    .hasValue(0);

            cluster.standby().promote();

            await().until(() -> watched.value("ha_primary_count").orElse(0) == 2);
            assertThat(watched.value("ha_invariant_violated", "check", "one_primary"))
                    .hasValue(1);
            assertThat(watched.value(LAG, "node", cluster.standby().name())).isEmpty();
            assertThat(watched.value("ha_rpo_seconds")).isEmpty();
        }
    }

    @Test
    void nothingWouldBeLostWhileCommitsWaitForAStandby() {
        try (var cluster = PostgresCluster.of(18).synchronous("*").start();
                var writer = Writer.start(cluster.primary(), "acknowledged", 20);
                var watched = watch(cluster)) {
            await().until(() -> watched.value("ha_rpo_seconds").orElse(9) == 0);

            cluster.freeze(cluster.standby());
            // The lag grows with what is written without being acknowledged; what was acknowledged is safe.
            await().until(() -> writer.acknowledged().size() > 0
                    && watched.value("pg_wal_receiver_last_msg_age_seconds").orElse(0) > 2);
            assertThat(watched.value("ha_rpo_seconds")).hasValue(0);
            assertThat(watched.value("ha_rpo_bytes")).hasValue(0);
            cluster.heal(cluster.standby());
        }
    }

    private static Watched watch(PostgresCluster cluster) {
        cluster.createMonitor(WatchedCluster.USER, WatchedCluster.PASSWORD);
        var nodes = new LinkedHashMap<String, PostgresNode>();
        for (PostgresServer server : cluster.nodes()) {
            nodes.put(server.name(), WatchedCluster.physical("127.0.0.1:" + server.port()));
        }
        return WatchedCluster.watch(WatchedCluster.settings(nodes), INTERVAL);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100));
    }
}
