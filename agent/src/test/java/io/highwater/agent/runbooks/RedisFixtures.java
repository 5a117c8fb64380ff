// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import io.highwater.lab.LabException;
import io.highwater.lab.RedisSentinel;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A set whose Sentinels and master die, one that is well, a server that is full and cannot save, and one that evicts. */
final class RedisFixtures implements Fixtures {

    private static final String LARGE = "x".repeat(100_000);
    private static final int MANY = 100;

    private final RedisSet failing = RedisSet.plan()
            .replicas(1)
            .sentinels(3)
            .setting("maxclients", "200")
            .start();
    private final RedisSet full = RedisSet.plan()
            .setting("maxmemory", "4mb")
            .setting("save", "3600 1")
            .start();
    private final RedisSet evicting = RedisSet.plan()
            .setting("maxmemory", "4mb")
            .setting("maxmemory-policy", "allkeys-lru")
            .start();
    private final RedisSet well = RedisSet.plan().sentinels(1).start();
    private final RedisServer oldMaster = failing.master();
    private final RedisServer replica = failing.replica();

    RedisFixtures() throws IOException {
        fill(evicting.master());
        fill(full.master());
        // A folder where the dump should be: it cannot be put into its place.
        Files.createDirectory(full.master().dataDirectory().resolve("dump.rdb"));
        full.master().command("BGSAVE");
    }

    private static void fill(RedisServer server) {
        try {
            for (int i = 0; i < MANY; i++) {
                server.command("SET", "large:" + i, LARGE);
            }
        } catch (LabException e) {
            // full, as it should be
        }
    }

    @Override
    public String clusters() {
        var sentinels = String.join(
                ", ",
                failing.sentinels().stream()
                        .map(one -> one.name() + ": \"" + one.address() + "\"")
                        .toList());
        return """
                  sessions:
                    level: L3
                    redis: { nodes: { %s }, sentinels: { %s } }
                  carts:
                    redis: { nodes: { %s }, purpose: queue }
                  mails:
                    redis: { nodes: { %s }, purpose: queue }
                """.formatted(nodes(failing), sentinels, nodes(full), nodes(evicting));
    }

    static String nodes(RedisSet set) {
        return String.join(
                ", ",
                set.servers().stream()
                        .map(one -> one.name() + ": \"" + one.address() + "\"")
                        .toList());
    }

    @Override
    public List<Fixture> all() {
        var last = failing.sentinels().getLast();
        return List.of(
                Fixture.of("redis-full", () -> of("carts", full.master())),
                Fixture.of("redis-evicting", () -> of("mails", evicting.master())),
                Fixture.of(
                        "redis-sentinel",
                        () -> sentinel("well", well.master(), well.sentinels().getFirst())),
                new Fixture(
                        "redis-sentinels-gone",
                        () -> failing.sentinels().subList(0, 2).forEach(RedisSentinel::kill),
                        () -> failing(oldMaster, last)),
                new Fixture("redis-node-down", oldMaster::kill, () -> failing(oldMaster, last)),
                Fixture.of("redis-without-master", () -> failing(replica, last)),
                new Fixture("redis-two-masters", this::startOldMaster, () -> failing(oldMaster, last)));
    }

    /** When another one is master, by a runbook or by us. */
    private void startOldMaster() {
        if (!replica.isMaster()) {
            replica.promote();
        }
        oldMaster.start();
    }

    private Map<String, String> failing(RedisServer server, RedisSentinel sentinel) {
        return sentinel("sessions", server, sentinel);
    }

    private Map<String, String> sentinel(String cluster, RedisServer server, RedisSentinel sentinel) {
        var variables = new HashMap<>(of(cluster, server));
        variables.put("SENTINEL", "redis://" + sentinel.address());
        variables.put("MASTER", RedisSet.MASTER_NAME);
        variables.put("REDIS_HOST", "127.0.0.1");
        variables.put("REDIS_PORT", Integer.toString(server.port()));
        variables.put("KEEP_HOST", "127.0.0.1");
        variables.put("KEEP_PORT", Integer.toString(replica.port()));
        return variables;
    }

    static Map<String, String> of(String cluster, RedisServer server) {
        return Map.of("CLUSTER", cluster, "NODE", server.name(), "REDIS", "redis://" + server.address());
    }

    @Override
    public void close() {
        failing.close();
        well.close();
        full.close();
        evicting.close();
    }
}
