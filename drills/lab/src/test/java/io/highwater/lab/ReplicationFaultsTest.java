// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.junit.PostgresClusterExtension;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a primary sees of a standby that is cut off, frozen, paused, healed. */
class ReplicationFaultsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final PostgresClusterExtension postgres =
            new PostgresClusterExtension(PostgresCluster.of(18).standbys(2).withSlots());

    private final PostgresCluster cluster = postgres.cluster();
    private final PostgresServer primary = cluster.primary();
    private final PostgresServer standby = cluster.node("pg-2");
    private final PostgresServer other = cluster.node("pg-3");

    @AfterEach
    void heal() {
        cluster.heal(standby);
        cluster.awaitStreaming();
    }

    @Test
    void cutStandbyIsGoneAndItsSlotIsIdle() {
        cluster.cut(standby);

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(walSenders(standby)).isEqualTo("0");
            assertThat(slotIsActive("pg_2")).isEqualTo("f");
        });
        assertThat(walSenders(other)).isEqualTo("1");
        assertThat(slotIsActive("pg_3")).isEqualTo("t");

        cluster.heal(standby);
        cluster.awaitStreaming();

        assertThat(slotIsActive("pg_2")).isEqualTo("t");
    }

    @Test
    void frozenStandbyLooksConnectedAndGetsNothing() {
        cluster.freeze(standby);
        primary.execute("CREATE TABLE frozen AS SELECT 1 AS one");
        cluster.awaitReplayed(other);

        await().during(Duration.ofMillis(500)).atMost(LIMIT).untilAsserted(() -> {
            assertThat(standby.value("SELECT to_regclass('frozen')")).isEmpty();
            assertThat(walSenders(standby)).isEqualTo("1");
        });

        cluster.heal(standby);
        cluster.awaitReplayed(standby);

        assertThat(standby.value("SELECT one FROM frozen")).isEqualTo("1");
    }

    @Test
    void pausedStandbyStopsReplaying() {
        standby.pause();
        try {
            primary.execute("CREATE TABLE paused AS SELECT 1 AS one");
            cluster.awaitReplayed(other);

            assertThat(primary.value("SELECT replay_lsn < pg_current_wal_lsn() FROM pg_stat_replication"
                            + " WHERE application_name = 'pg-2'"))
                    .isEqualTo("t");
        } finally {
            standby.resume();
        }
        cluster.awaitReplayed(standby);

        assertThat(standby.value("SELECT one FROM paused")).isEqualTo("1");
    }

    private String walSenders(PostgresServer of) {
        return primary.value("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
                + " AND application_name = '" + of.name() + "'");
    }

    private String slotIsActive(String slot) {
        return primary.value("SELECT active FROM pg_replication_slots WHERE slot_name = '" + slot + "'");
    }
}
