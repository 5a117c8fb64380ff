// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import static org.awaitility.Awaitility.await;

import io.highwater.lab.Job;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.RedisSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Queues of BullMQ on a master with a replica, each with another trouble, and no worker. */
final class QueueFixtures implements Fixtures {

    private final RedisSet redis = RedisSet.plan().replicas(1).start();
    private final QueueProgram program =
            QueueProgram.start(QueueLibrary.newest(QueueSystem.BULLMQ), QueueStore.redis(redis.master()));

    QueueFixtures() {
        program.queue("mails").fill(20, Job.quick());
        program.queue("letters").add(Job.quick());
        program.queue("letters").pause();
        program.queue("reminders").add(Job.quick().option("delay", 1));
        var invoices = program.queue("invoices");
        invoices.add(Job.failing("no such customer"));
        try (var _ = invoices.work()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> invoices.count("failed") == 1);
        }
        // As a worker leaves it that dies: in work, and nobody holds its lock.
        program.queue("reports").add(Job.quick());
        redis.master().command("LMOVE", "bull:reports:wait", "bull:reports:active", "RIGHT", "LEFT");
    }

    @Override
    public String clusters() {
        return """
                  jobs:
                    level: L3
                    redis: { nodes: { %s }, purpose: queue }
                    bullmq: { collectors: { state: { interval: 1s } } }
                """.formatted(RedisFixtures.nodes(redis));
    }

    @Override
    public List<Fixture> all() {
        return List.of(
                Fixture.of("redis", () -> RedisFixtures.of("jobs", redis.master())),
                Fixture.of("redis-replica", () -> RedisFixtures.of("jobs", redis.replica())),
                Fixture.of("bullmq", () -> queue("mails")),
                Fixture.of("bullmq-paused", () -> queue("letters")),
                Fixture.of("bullmq-delayed", () -> queue("reminders")),
                Fixture.of("bullmq-failed", () -> queue("invoices")),
                Fixture.of("bullmq-stalled", () -> queue("reports")));
    }

    private Map<String, String> queue(String name) {
        var variables = new HashMap<>(RedisFixtures.of("jobs", redis.master()));
        variables.put("PREFIX", "bull");
        variables.put("QUEUE", name);
        return variables;
    }

    @Override
    public void close() {
        program.close();
        redis.close();
    }
}
