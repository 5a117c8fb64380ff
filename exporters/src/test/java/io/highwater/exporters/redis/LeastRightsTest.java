// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every collector on every version, as a user who has the rights that the documentation says, and no other. */
class LeastRightsTest {

    private static final Path DOCUMENTATION = Path.of(System.getProperty("project.root"), "docs/backends/redis.md");

    @Test
    void theDocumentedRightsAreEnough() throws IOException {
        collect(RedisVersion.REDIS_7_0);
    }

    @Tag("every-version")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REDIS_7_0")
    void theyAreEnoughOnTheOthersToo(RedisVersion version) throws IOException {
        collect(version);
    }

    private static void collect(RedisVersion version) throws IOException {
        var rights = documentedRights();
        try (var set = RedisSet.plan().version(version).replicas(1).sentinels(1).start()) {
            set.servers().forEach(server -> server.command("ACL", rights.getFirst()));
            set.sentinels().forEach(sentinel -> sentinel.command("ACL", rights.getLast()));
            var settings = WatchedRedis.settings(
                    WatchedRedis.servers(set.servers()),
                    WatchedRedis.sentinels(set),
                    Optional.of(new WatchedRedis.Login("highwater", "PASSWORD")),
                    Optional.empty());
            try (var watched = WatchedRedis.watch(settings)) {
                await().until(() -> watched.store().complete()
                        && watched.value("redis_replication_lag_seconds").isPresent());
                for (var slot : watched.store().slots()) {
                    assertThat(slot.latest().orElseThrow().outcome())
                            .as("%s %s", slot.target(), slot.collector())
                            .isEqualTo(new Outcome.Collected(List.of()));
                }
                for (var server : set.servers()) {
                    assertThat(watched.value("redis_errors_total", "node", server.name(), "err", "NOPERM"))
                            .isEmpty();
                    assertThat(server.command("ACL", "LOG")).isEqualTo(List.of());
                }
            }
        }
    }

    /** The words after ACL of each such line, those for Redis Cluster between the others. */
    private static List<String[]> documentedRights() throws IOException {
        return Files.readAllLines(DOCUMENTATION).stream()
                .filter(line -> line.startsWith("ACL SETUSER"))
                .map(line -> line.substring("ACL ".length()).split(" "))
                .toList();
    }
}
