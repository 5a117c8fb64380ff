// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.lab.PostgresCluster;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.Writer;
import io.highwater.lab.junit.PostgresClusterExtension;
import java.time.Duration;
import java.util.OptionalDouble;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lag in seconds and what would be lost, against the log of acknowledged rows, while one primary lives. */
class ReplicationLagTest {

    private static final String LAG = "pg_replication_lag_seconds";
    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** Rows come every 50 ms, positions every 200 ms, from a machine that is busy. */
    private static final double TOLERANCE = 0.8;

    @RegisterExtension
    static final PostgresClusterExtension lab = new PostgresClusterExtension(PostgresCluster.of(18));

    private static Writer writer;
    private static Watched watched;

    @BeforeAll
    static void watch() {
        lab.cluster().createMonitor(WatchedCluster.USER, WatchedCluster.PASSWORD);
        writer = Writer.start(lab.primary(), "acknowledged", 20);
        watched = WatchedCluster.watch(settings(lab.primary(), lab.standby()), INTERVAL);
    }

    @AfterAll
    static void stop() {
        watched.close();
        writer.close();
    }

    @BeforeEach
    void allIsWell() {
        writer.resume();
        await(15).until(() -> lag().orElse(9) < 1);
    }

    @AfterEach
    void heal() {
        lab.cluster().heal(lab.standby());
        lab.standby().execute("SELECT pg_wal_replay_resume()");
    }

    @Test
    void isZeroWhileNothingIsWritten() {
        writer.pause();
        lab.cluster().awaitReplayed(lab.standby());
        await(5).until(() -> lag().equals(OptionalDouble.of(0)));
        duringCollections(15, () -> assertThat(lag()).hasValue(0));
    }

    @Test
    void isZeroAfterASwitchToAnotherSegment() {
        writer.pause();
        lab.primary().execute("SELECT pg_switch_wal()");
        lab.cluster().awaitReplayed(lab.standby());
        await(5).until(() -> lag().equals(OptionalDouble.of(0)));
        duringCollections(5, () -> assertThat(lag()).hasValue(0));
    }

    @Test
    void isNextToNothingWhileTheStandbyKeepsUp() {
        duringCollections(15, () -> assertThat(lag().orElseThrow()).isLessThan(1));
        assertThat(watched.value("pg_replication_lag_method_info", "method", "timeline"))
                .hasValue(1);
    }

    @Test
    void growsWithTheTruthWhileTheStandbyIsCutOff() {
        lab.cluster().cut(lab.standby());
        growsWithTheTruth();
        assertThat(watched.value("ha_replica_state", "state", "disconnected")).hasValue(1);
        assertThat(watched.value("pg_replication_lag_bytes", "stage", "receive").orElseThrow())
                .isPositive();
        assertThat(watched.value("ha_rpo_seconds").orElseThrow()).isCloseTo(truth(), within(TOLERANCE));
        assertThat(watched.value("ha_rpo_bytes").orElseThrow()).isPositive();
        assertThat(watched.value("ha_replica_promotable")).hasValue(1);
        lab.cluster().heal(lab.standby());
        await(15).until(() -> lag().orElse(9) < 1);
    }

    @Test
    void goesOnGrowingWhenTheWriterStopsWhileTheStandbyIsCutOff() {
        lab.cluster().cut(lab.standby());
        await(10).until(() -> lag().orElse(0) > 1);
        writer.pause();
        growsWithTheTruth();
    }

    @Test
    void growsWhileTheNetworkLosesEverythingAndBothSidesCallItStreaming() {
        lab.cluster().freeze(lab.standby());
        growsWithTheTruth();
        assertThat(watched.value("pg_wal_receiver_streaming")).hasValue(1);
    }

    @Test
    void growsWhileReplayIsPausedAlthoughNothingWouldBeLost() {
        lab.standby().execute("SELECT pg_wal_replay_pause()");
        growsWithTheTruth();
        assertThat(watched.value("pg_wal_replay_paused")).hasValue(1);
        assertThat(watched.value("ha_rpo_seconds").orElseThrow()).isLessThan(1);
        assertThat(watched.value("pg_replication_lag_bytes", "stage", "replay").orElseThrow())
                .isPositive();
    }

    @Test
    void isAbsentWhileThePrimaryDoesNotAnswer() {
        lab.primary().pause();
        try {
            await(10).until(() -> lag().isEmpty());
            assertThat(watched.value("pg_up", "node", lab.primary().name())).hasValue(0);
            assertThat(watched.value("pg_up", "node", lab.standby().name())).hasValue(1);
            assertThat(watched.value("ha_primary_count")).hasValue(0);
            assertThat(watched.value("ha_rpo_seconds")).isEmpty();
        } finally {
            lab.primary().resume();
        }
    }

    @Test
    void isNotBelowTheTruthWhenTheAgentStartsWhileTheStandbyIsCutOff() {
        lab.cluster().cut(lab.standby());
        await(10).until(() -> truth() > 2);
        try (var late = WatchedCluster.watch(settings(lab.primary(), lab.standby()), INTERVAL)) {
            await(10).until(() -> late.value(LAG).isPresent());
            assertThat(late.value(LAG).orElseThrow()).isGreaterThan(truth() - TOLERANCE);
            assertThat(late.value("pg_replication_lag_method_info", "method", "node"))
                    .hasValue(1);
        }
    }

    @Test
    void aStandbyWatchedAloneTellsWhatItCan() {
        try (var alone = WatchedCluster.watch(settings(lab.standby()), INTERVAL)) {
            await(10).until(() -> alone.value(LAG).orElse(9) < 1);
            assertThat(alone.value("pg_replication_lag_method_info", "method", "node"))
                    .hasValue(1);
            lab.cluster().cut(lab.standby());
            await(10).untilAsserted(() -> {
                assertThat(truth()).isGreaterThan(2);
                assertThat(alone.value(LAG).orElseThrow()).isCloseTo(truth(), within(TOLERANCE));
            });
            assertThat(alone.value("ha_primary_count")).hasValue(0);
        }
    }

    private static void growsWithTheTruth() {
        await(20).untilAsserted(() -> {
            assertThat(truth()).isGreaterThan(3);
            assertThat(lag().orElseThrow()).isCloseTo(truth(), within(TOLERANCE));
        });
    }

    private static OptionalDouble lag() {
        return watched.value(LAG);
    }

    /** Age of the oldest acknowledged row that cannot be read on the standby. */
    private static double truth() {
        return writer.exposure(lab.standby()).orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** Asserts after each of so many collections of the standby. */
    private static void duringCollections(int count, Runnable assertion) {
        int start = watched.runs(lab.standby().name(), "replication");
        for (int i = 1; i <= count; i++) {
            int wanted = start + i;
            await(10).until(() -> watched.runs(lab.standby().name(), "replication") >= wanted);
            assertion.run();
        }
    }

    private static ConditionFactory await(int seconds) {
        return org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(100));
    }

    private static PostgresSettings settings(PostgresServer... servers) {
        var nodes = new java.util.LinkedHashMap<String, PostgresNode>();
        for (var server : servers) {
            nodes.put(server.name(), WatchedCluster.physical("127.0.0.1:" + server.port()));
        }
        return WatchedCluster.settings(nodes);
    }
}
