// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.joining;

import io.highwater.lab.LabException;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisWriter;
import java.time.Duration;
import java.util.List;

/** A Redis master with two replicas and three Sentinels, and a client that writes. */
final class SentinelStack implements Stack {

    private static final int WRITES_PER_SECOND = 10;
    private static final Duration REUNION_LIMIT = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(200);

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

    /** Those that do not run; returns when the Sentinels have made the rest replicas of one master. */
    void startServers() {
        servers.servers().forEach(server -> server.start());
        var deadline = System.nanoTime() + REUNION_LIMIT.toNanos();
        while (!isOneSet() && System.nanoTime() < deadline) {
            Pause.of(LOOK);
        }
    }

    private boolean isOneSet() {
        try {
            long following = servers.servers().stream()
                    .filter(server -> server.info("master_link_status").equals("up"))
                    .count();
            return following == servers.servers().size() - 1;
        } catch (LabException e) {
            return false; // one that is made a replica cuts its clients off
        }
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
