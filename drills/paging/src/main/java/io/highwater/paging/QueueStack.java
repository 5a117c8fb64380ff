// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static java.util.stream.Collectors.joining;

import io.highwater.lab.Job;
import io.highwater.lab.JobQueue;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.QueueWorker;
import io.highwater.lab.QueueWriter;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.RedisWriter;
import java.util.List;
import java.util.Map;

/** A Redis master with a replica, with a BullMQ queue: a program that adds jobs, and another one that does them. */
final class QueueStack implements Stack {

    private static final String QUEUE = "mails";
    private static final int PER_SECOND = 10;
    private static final int FILLER = 20_000; // of a kilobyte

    private final RedisSet servers = RedisSet.plan().replicas(1).start();
    private final RedisWriter writer = RedisWriter.start(servers, PER_SECOND);
    private final QueueProgram client =
            QueueProgram.start(QueueLibrary.newest(QueueSystem.BULLMQ), QueueStore.redis(servers));
    private final QueueProgram working =
            QueueProgram.start(QueueLibrary.newest(QueueSystem.BULLMQ), QueueStore.redis(servers));
    private final QueueWriter jobs;
    private QueueWorker worker;

    QueueStack() {
        worker = queue(working).work(Map.of("concurrency", 2));
        jobs = QueueWriter.start(queue(client), Job.quick().option("removeOnComplete", true), PER_SECOND);
    }

    private static JobQueue queue(QueueProgram program) {
        return program.queue(QUEUE);
    }

    RedisServer master() {
        return servers.master();
    }

    RedisSet servers() {
        return servers;
    }

    /** The process with all workers. */
    QueueProgram working() {
        return working;
    }

    void endWorkers() {
        worker.close();
    }

    void startWorkers() {
        worker = queue(working).work(Map.of("concurrency", 2));
    }

    /** The replica takes writes, too. */
    void partTheData() {
        servers.replica().promote();
    }

    void joinTheData() {
        servers.follow(servers.replica(), servers.master());
        servers.awaitInSync();
    }

    void limitMemory() {
        master().configure("maxmemory", "1mb");
    }

    /** Lets Redis drop what it likes when its memory is full, and fills it. */
    void evict() {
        // Before it is filled: what the replica has yet to read does not count as memory to be freed.
        long used = Long.parseLong(master().info("used_memory"));
        master().command(
                        "EVAL",
                        "for i = 1, " + FILLER + " do redis.call('SET', 'filler:' .. i, string.rep('x', 1000)) end",
                        "0");
        master().configure("maxmemory-policy", "allkeys-lru");
        master().configure("maxmemory", Long.toString(used + FILLER * 500L));
    }

    void liftLimits() {
        master().configure("maxmemory", "0");
        master().configure("maxmemory-policy", "noeviction");
        master().command("EVAL", "for i = 1, " + FILLER + " do redis.call('DEL', 'filler:' .. i) end", "0");
    }

    @Override
    public List<String> components() {
        var nodes = servers.servers().stream()
                .map(server -> server.name() + ": \"" + server.address() + '"')
                .collect(joining(", "));
        return List.of("redis: { nodes: { " + nodes + " }, purpose: queue }", "bullmq: { queues: [" + QUEUE + "] }");
    }

    @Override
    public void close() {
        jobs.close();
        working.close();
        client.close();
        writer.close();
        servers.close();
    }
}
