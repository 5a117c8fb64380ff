// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisSetTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void sentinelsReplaceADeadMasterAndItComesBackAsAReplica() {
        try (var set = RedisSet.plan().replicas(2).sentinels(3).start();
                var writer = RedisWriter.start(set, 50)) {
            await().atMost(LIMIT).until(() -> writer.acknowledged().size() > 10);
            var old = set.master();
            int port = old.port();

            old.kill();
            set.awaitFailover();
            int before = writer.acknowledged().size();

            assertThat(set.master()).isNotSameAs(old);
            await().atMost(LIMIT).until(() -> writer.acknowledged().size() > before + 10);
            old.start();
            assertThat(old.port()).isEqualTo(port);
            await().atMost(LIMIT).until(() -> !old.isMaster());
            set.awaitInSync();
            set.awaitCaughtUp(old);
        }
    }

    @Test
    void aReplicaCutOffFallsBehindAndCatchesUpAgain() {
        try (var set = RedisSet.plan().replicas(1).start();
                var writer = RedisWriter.start(set, 100)) {
            var replica = set.replica();
            await().atMost(LIMIT).until(() -> writer.acknowledged().size() > 10);

            set.cut(replica);
            var cut = Instant.now();
            await().atMost(LIMIT).until(() -> writer.missingOn(replica).size() > 50);
            assertThat(writer.exposure(replica).orElseThrow())
                    .isBetween(Duration.ofMillis(400), Duration.between(cut.minusSeconds(1), Instant.now()));

            set.heal(replica);
            await().atMost(LIMIT).until(() -> writer.missingOn(replica).size() < 5);
        }
    }

    @Test
    void aFrozenServerAnswersNobodyUntilItIsThawed() {
        try (var set = RedisSet.plan().start()) {
            set.master().pause();
            assertThatThrownBy(() -> set.master().command("PING"))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("timed out");
            set.master().resume();
            assertThat(set.master().command("PING")).isEqualTo("PONG");
        }
    }

    @Tag("every-version")
    @ParameterizedTest
    @EnumSource
    void everyVersionRuns(RedisVersion version) {
        try (var set = RedisSet.plan().version(version).replicas(1).sentinels(1).start()) {
            set.master().command("SET", "greeting", "hello");
            set.awaitCaughtUp(set.replica());
            assertThat(set.replica().command("GET", "greeting")).isEqualTo("hello");
        }
    }
}
