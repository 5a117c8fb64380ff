// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.joining;

import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisWriter;
import java.util.List;

/** A Redis master with two replicas and three Sentinels, and a client that writes. */
final class SentinelStack implements Stack {

    private static final int WRITES_PER_SECOND = 10;

    private final RedisSet servers = RedisSet.plan().replicas(2).sentinels(3).start();
    private final RedisWriter writer = RedisWriter.start(servers, WRITES_PER_SECOND);

    RedisSet servers() {
        return servers;
    }

    /** Kills the master; returns when the Sentinels have made another one. */
    void failOver() {
        servers.master().kill();
        servers.awaitFailover();
    }

    /** Those that do not run. */
    void startServers() {
        servers.servers().forEach(server -> server.start());
        servers.awaitInSync();
    }

    @Override
    public List<String> components() {
        var nodes = servers.servers().stream()
                .map(server -> server.name() + ": \"" + server.address() + '"')
                .collect(joining(", "));
        var sentinels = servers.sentinels().stream()
                .map(sentinel -> sentinel.name() + ": \"" + sentinel.address() + '"')
                .collect(joining(", "));
        return List.of("redis: { nodes: { " + nodes + " }, sentinels: { " + sentinels + " } }");
    }

    @Override
    public void close() {
        writer.close();
        servers.close();
    }
}
