// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisWriter;
import java.util.List;
import java.util.stream.Collectors;

/** A Redis master that is written to, and a replica. */
final class RedisBackend implements Backend {

    private static final int WRITES_PER_SECOND = 50;

    private final RedisSet servers;
    private final RedisWriter writer;

    private RedisBackend(RedisSet servers, RedisWriter writer) {
        this.servers = servers;
        this.writer = writer;
    }

    /** Returns when the replica is in sync; throws {@link LabException}, and then nothing is left running. */
    static RedisBackend start() {
        var servers = RedisSet.plan().replicas(1).start();
        return new RedisBackend(servers, RedisWriter.start(servers, WRITES_PER_SECOND));
    }

    RedisSet servers() {
        return servers;
    }

    @Override
    public String component() {
        return "redis";
    }

    @Override
    public String title() {
        return "Redis " + servers.master().info("redis_version");
    }

    @Override
    public List<String> settings() {
        var nodes = servers.servers().stream()
                .map(server -> server.name() + ": \"" + server.address() + "\"")
                .collect(Collectors.joining(", "));
        return List.of("nodes: { " + nodes + " }");
    }

    @Override
    public Sight look(Readings now, Readings before, double seconds) {
        var names = servers.servers().stream().map(RedisServer::name).toList();
        return ReplicationSight.of(ReplicationSight.REDIS, names, now, before, seconds);
    }

    @Override
    public String act(Action action) {
        return switch (action) {
            case DROP -> {
                servers.freeze(servers.replica());
                yield "nothing gets through between " + servers.replica().name() + " and its master";
            }
            case MEND -> {
                servers.heal(servers.replica());
                yield servers.replica().name() + " reaches its master again";
            }
            default -> throw new IllegalArgumentException(action.word());
        };
    }

    @Override
    public void close() {
        writer.close();
        servers.close();
    }
}
