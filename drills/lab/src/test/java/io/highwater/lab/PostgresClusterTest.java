// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresClusterTest {

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void streamsFailsOverAndTakesTheOldPrimaryBack(int major) {
        try (var cluster = PostgresCluster.of(major).start()) {
            var old = cluster.primary();
            var heir = cluster.standby();
            old.execute("CREATE TABLE t AS SELECT 42 AS answer");
            cluster.awaitReplayed(heir);
            assertThat(heir.value("SELECT answer FROM t")).isEqualTo("42");
            assertThat(heir.value("SHOW server_version")).startsWith(major + ".");

            old.kill();
            cluster.promote(heir);
            heir.execute("INSERT INTO t VALUES (43)");
            cluster.rebuild(old, heir);
            cluster.awaitStreaming();
            cluster.awaitReplayed(old);

            assertThat(cluster.primary()).isSameAs(heir);
            assertThat(cluster.standbys()).containsExactly(old);
            assertThat(old.value("SELECT pg_is_in_recovery()")).isEqualTo("t");
            assertThat(old.value("SELECT max(answer) FROM t")).isEqualTo("43");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 16, 17})
    @Tag("every-version")
    void sameInEveryVersion(int major) {
        streamsFailsOverAndTakesTheOldPrimaryBack(major);
    }

    @Test
    void leavesTwoPrimariesWhenNobodyStopsTheOldOne() {
        try (var cluster = PostgresCluster.of(18).standbys(2).withSlots().start()) {
            var old = cluster.primary();
            var heir = cluster.node("pg-2");
            var loyal = cluster.node("pg-3");
            cluster.promote(heir);
            assertThat(List.of(old, heir))
                    .allSatisfy(node ->
                            assertThat(node.value("SELECT pg_is_in_recovery()")).isEqualTo("f"));

            cluster.follow(loyal, heir);
            cluster.awaitStreaming();
            heir.execute("CREATE TABLE after_failover AS SELECT 1 AS one");
            cluster.awaitReplayed(loyal);

            assertThat(loyal.value("SELECT one FROM after_failover")).isEqualTo("1");
            assertThat(old.value("SELECT to_regclass('after_failover')")).isEmpty();
        }
    }

    @Test
    void cascades() {
        try (var cluster = PostgresCluster.of(18).withSlots().start()) {
            var leaf = cluster.addStandby("pg-3", cluster.standby());
            cluster.awaitStreaming();
            cluster.primary().execute("CREATE TABLE far AS SELECT 1 AS one");
            cluster.awaitReplayed(leaf);

            assertThat(leaf.value("SELECT one FROM far")).isEqualTo("1");
            assertThat(cluster.primary().value("SELECT string_agg(application_name, ',') FROM pg_stat_replication"))
                    .isEqualTo("pg-2");
        }
    }

    @Test
    void waitsForSynchronousStandbysAndArchives() {
        try (var cluster = PostgresCluster.of(18)
                .synchronous("ANY 1 (\"pg-2\")")
                .archiving("/bin/true")
                .start()) {
            var primary = cluster.primary();
            primary.execute("CREATE TABLE t (id int)");
            primary.value("SELECT pg_switch_wal()");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> primary.value("SELECT archived_count > 0 FROM pg_stat_archiver")
                            .equals("t"));
            assertThat(primary.value("SELECT sync_state FROM pg_stat_replication"))
                    .isEqualTo("quorum");
        }
    }

    @Test
    void leavesNothingBehind() {
        List<ProcessHandle> processes;
        List<Path> folders;
        List<PostgresServer> nodes;
        try (var cluster = PostgresCluster.of(18).start()) {
            cluster.freeze(cluster.standby());
            cluster.standby().pause();
            nodes = cluster.nodes();
            folders = nodes.stream().map(node -> node.directory().home()).toList();
            processes = nodes.stream()
                    .flatMap(node -> ProcessHandle.of(node.pid()).stream())
                    .flatMap(ProcessHandle::descendants)
                    .toList();
        }
        assertThat(processes).hasSizeGreaterThan(5).allMatch(ServerProcess::isGone);
        assertThat(folders).noneMatch(Files::exists);
        assertThat(nodes).allMatch(node -> FreePort.isFree(node.port()));
    }
}
