// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisWriter;

/** A Redis master with a replica, and a client that writes a little. Orders: pause, resume (the master), statements. */
final class RedisLab implements Lab {

    private static final int KEYS = 10_000;
    private static final int WRITES_PER_SECOND = 10;

    private final RedisSet servers;
    private final RedisWriter writer;

    private RedisLab(RedisSet servers, RedisWriter writer) {
        this.servers = servers;
        this.writer = writer;
    }

    static RedisLab start() {
        var servers = RedisSet.plan()
                .replicas(1)
                .setting("enable-debug-command", "yes")
                .start();
        servers.master().command("DEBUG", "POPULATE", Integer.toString(KEYS));
        servers.awaitInSync();
        return new RedisLab(servers, RedisWriter.start(servers, WRITES_PER_SECOND));
    }

    @Override
    public String describe() {
        var master = servers.master();
        var replica = servers.replica();
        return "{\"version\": \"%s\", \"ports\": [%d, %d], \"pids\": [%d, %d]}"
                .formatted(master.info("redis_version"), master.port(), replica.port(), master.pid(), replica.pid());
    }

    @Override
    public String obey(String order) {
        return switch (order) {
            case "pause" -> {
                servers.master().pause();
                yield "{}";
            }
            case "resume" -> {
                servers.master().resume();
                yield "{}";
            }
            case "statements" ->
                "{\"all\": "
                        + servers.servers().stream()
                                .mapToLong(RedisLab::commands)
                                .sum() + "}";
            default -> Lab.unknown(order);
        };
    }

    /** Of all clients; the writer's are few and always as many. */
    private static long commands(RedisServer server) {
        return Long.parseLong(server.info("total_commands_processed"));
    }

    @Override
    public void close() {
        writer.close();
        servers.close();
    }
}
