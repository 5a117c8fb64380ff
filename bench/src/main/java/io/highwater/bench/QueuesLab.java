// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import io.highwater.lab.Job;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisSet;
import java.util.List;
import java.util.stream.IntStream;

/** One Redis with many queues of BullMQ, and one with very many jobs. Nobody works on them. */
final class QueuesLab implements Lab {

    private static final int WAITING = 20;
    private static final int DELAYED = 5;
    private static final int DEEP = 100_000;
    private static final long AN_HOUR = 3_600_000;

    private final RedisSet servers;

    private QueuesLab(RedisSet servers) {
        this.servers = servers;
    }

    /** @param queues how many, called q-0 and so on; the one with very many jobs is called deep */
    static QueuesLab start(int queues) {
        var servers = RedisSet.plan().start();
        var library = QueueLibrary.newest(QueueSystem.BULLMQ);
        var names = IntStream.range(0, queues).mapToObj(i -> "q-" + i).toList();
        try (var program = QueueProgram.start(library, QueueStore.redis(servers))) {
            program.fill(names, WAITING, Job.quick());
            program.fill(names, DELAYED, Job.quick().option("delay", AN_HOUR));
            program.fill(List.of("deep"), DEEP, Job.quick());
        }
        return new QueuesLab(servers);
    }

    @Override
    public String describe() {
        var server = servers.master();
        return "{\"version\": \"%s\", \"ports\": [%d], \"pids\": [%d], \"waiting\": %d, \"delayed\": %d, \"deep\": %d}"
                .formatted(server.info("redis_version"), server.port(), server.pid(), WAITING, DELAYED, DEEP);
    }

    @Override
    public String obey(String order) {
        return Lab.unknown(order);
    }

    @Override
    public void close() {
        servers.close();
    }
}
