// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;
import java.util.List;

/** What can happen to a Redis without Sentinels, and to a queue in it. */
final class QueueDrills {

    /** The agent asks every second, and gives a server two. */
    private static final Duration STATE = Duration.ofSeconds(3);

    /** Of the workers of queues. */
    private static final Duration WORKERS = Duration.ofSeconds(15);

    /** Of queues; and a rate over a minute ends a little later than a minute. */
    private static final Duration WORK = Duration.ofSeconds(9 + 10);

    static final Drill<QueueStack> REDIS_DOWN = Drill.<QueueStack>of(
                    "RedisDown",
                    "the master is killed, nobody replaces it",
                    STATE,
                    stack -> stack.master().kill(),
                    stack -> {
                        stack.master().start();
                        stack.servers().awaitInSync();
                    })
            .ages();

    static final List<Drill<QueueStack>> ALL = List.of(
            REDIS_DOWN,
            Drill.of(
                    "RedisMultipleMasters",
                    "the replica is made a master as well",
                    STATE,
                    QueueStack::partTheData,
                    QueueStack::joinTheData),
            Drill.of(
                    "RedisWritesRefused",
                    "its memory is full, and it may drop nothing",
                    STATE,
                    QueueStack::limitMemory,
                    QueueStack::liftLimits),
            Drill.of(
                    "RedisQueueEvicting",
                    "its memory is full, and it may drop what it likes",
                    STATE,
                    QueueStack::evict,
                    QueueStack::liftLimits),
            Drill.<QueueStack>of(
                            "QueueWithoutWorkers",
                            "the queue's only worker leaves, jobs come",
                            WORKERS,
                            QueueStack::endWorkers,
                            QueueStack::startWorkers)
                    .ages()
                    .lasts(Duration.ofSeconds(70)),
            Drill.<QueueStack>of(
                            "QueueStalled",
                            "the queue's only worker hangs, and stays connected",
                            WORK,
                            stack -> stack.working().pause(),
                            stack -> stack.working().resume())
                    .ages());

    private QueueDrills() {}
}
