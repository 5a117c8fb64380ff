// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.Reason;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.redis.Address;
import io.highwater.lab.LabException;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.junit.RedisSetExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that is there, and in need. */
class TroubleTest {

    /** Slow to load, so that it can be seen. */
    @RegisterExtension
    static final RedisSetExtension lab = new RedisSetExtension(RedisSet.plan()
            .setting("key-load-delay", "3000")
            .setting("loading-process-events-interval-bytes", "1024")
            .setting("save", "3600 1"));

    private RedisServer server;
    private Watched watched;

    @BeforeEach
    void watch() {
        server = lab.master();
        watched = WatchedRedis.of(lab.set());
        await().until(() -> watched.is(1, "redis_up"));
    }

    @AfterEach
    void stop() {
        watched.close();
    }

    @Test
    void aFullServerRefusesWritesAndSaysSo() {
        assertThat(watched.is(0, "redis_errors_total", "err", "OOM")).isTrue();
        assertThat(watched.value("redis_memory_used_ratio", "limit", "machine")).isPresent();

        server.configure("maxmemory", "4mb");
        assertThatThrownBy(this::fill).isInstanceOf(LabException.class).hasMessageContaining("OOM");

        await().until(() -> watched.is(1, "redis_errors_total", "err", "OOM"));
        assertThat(watched.value("redis_memory_used_ratio", "limit", "maxmemory")
                        .orElseThrow())
                .isBetween(0.9, 1.1);

        server.configure("maxmemory", "0");
        server.command("FLUSHALL");
        await().until(() ->
                watched.value("redis_memory_used_ratio", "limit", "machine").isPresent());
    }

    private void fill() {
        for (int i = 0; i < 1000; i++) {
            server.command("SET", "filling" + i, "x".repeat(20_000));
        }
    }

    @Test
    void aQueueThatMayBeEvictedIsAFinding() {
        assertThat(watched.is(1, "redis_eviction_policy_safe")).isTrue();
        server.configure("maxmemory-policy", "allkeys-lru");
        await().until(() -> watched.is(0, "redis_eviction_policy_safe")
                && watched.is(1, "ha_config_finding", "check", "queue_may_be_evicted"));
        server.configure("maxmemory-policy", "noeviction");
        await().until(() -> watched.is(1, "redis_eviction_policy_safe")
                && watched.is(0, "ha_config_finding", "check", "queue_may_be_evicted"));
    }

    @Test
    void aDumpThatCannotBeWrittenStopsWrites() throws IOException {
        // What is renamed over a folder is not; unlike a missing right, that also holds for root.
        var dump = server.dataDirectory().resolve("dump.rdb");
        Files.deleteIfExists(dump);
        Files.createDirectory(dump);
        server.command("SET", "changed", "since");
        await().until(() -> watched.value("redis_rdb_unsaved_seconds").orElse(0) > 0);
        server.command("BGSAVE");
        await().until(() -> watched.is(0, "redis_rdb_last_bgsave_status"));
        assertThatThrownBy(() -> server.command("SET", "one", "more")).hasMessageContaining("MISCONF");
        await().until(() ->
                watched.value("redis_errors_total", "err", "MISCONF").orElse(0) >= 1);
        assertThat(watched.value("redis_rdb_unsaved_seconds").orElse(0)).isPositive();

        Files.delete(dump);
        server.command("BGSAVE");
        await().until(() ->
                watched.is(1, "redis_rdb_last_bgsave_status") && watched.is(0, "redis_rdb_unsaved_seconds"));
    }

    @Test
    void aServerThatLoadsItsDataIsUpAndNoPrimary() {
        for (int i = 0; i < 1000; i++) {
            server.command("SET", "key" + i, "value");
        }
        server.command("SAVE");
        server.restart();
        await().until(() -> watched.is(1, "redis_loading_dump_file"));
        assertThat(watched.is(1, "redis_up")).isTrue();
        assertThat(watched.is(0, "ha_primary_count")).isTrue();
        assertThat(watched.is(1, "redis_masters_in_set")).isTrue();
        await().until(() -> watched.is(0, "redis_loading_dump_file") && watched.is(1, "ha_primary_count"));
        server.command("FLUSHALL");
        server.command("SAVE");
    }

    @Test
    void aPauseOfAllClientsIsAnOutageAndOneOfWritesIsNot() {
        server.command("CLIENT", "PAUSE", "1500", "WRITE");
        int runs = watched.runs("redis-1", "state");
        await().until(() -> watched.runs("redis-1", "state") > runs + 3);
        assertThat(watched.is(1, "redis_up")).isTrue();
        assertThat(watched.is(1, "ha_primary_count")).isTrue();

        server.command("CLIENT", "PAUSE", "4000", "ALL");
        await().atMost(Duration.ofSeconds(3)).until(() -> watched.is(0, "redis_up"));
        assertThat(watched.reason("redis-1", "state")).contains(Reason.TIMEOUT);
        assertThat(watched.value("ha_primary_count")).isEmpty();
        await().until(() -> watched.is(1, "redis_up") && watched.is(1, "ha_primary_count"));
    }

    @Test
    void aWrongPasswordIsToldAndNotRepeatedEveryTime() {
        server.command("ACL", "SETUSER", "highwater", "on", ">right", "+info");
        var nodes = Map.of("redis-1", new Address(server.address()));
        var login = Optional.of(new WatchedRedis.Login("highwater", "wrong"));
        try (var refused = WatchedRedis.watch(WatchedRedis.settings(nodes, Map.of(), login, Optional.empty()))) {
            await().until(() -> refused.skips("redis-1", "state") > 3);
            assertThat(refused.reason("redis-1", "state")).contains(Reason.AUTH);
            assertThat(refused.is(0, "redis_up")).isTrue();
        }
    }

    @Test
    void aUserWithoutConfigGetsWhatInfoTells() {
        server.command("ACL", "SETUSER", "bystander", "on", ">right", "+info");
        var nodes = Map.of("redis-1", new Address(server.address()));
        var login = Optional.of(new WatchedRedis.Login("bystander", "right"));
        try (var limited = WatchedRedis.watch(WatchedRedis.settings(nodes, Map.of(), login, Optional.empty()))) {
            await().until(() -> limited.store().complete());
            assertThat(limited.is(1, "redis_up")).isTrue();
            assertThat(limited.is(0, "ha_config_finding", "check", "queue_may_be_evicted"))
                    .isTrue();
            assertThat(limited.value("ha_config_finding", "check", "queue_not_persistent"))
                    .isEmpty();
            assertThat(limited.outcome("redis-1", "settings").orElseThrow().toString())
                    .contains("NOPERM");
            assertThat(limited.outcome("redis-1", "commands").orElseThrow().toString())
                    .contains("redis_slowlog_length: NOPERM");
        }
    }
}
