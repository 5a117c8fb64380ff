// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;
import java.util.List;

/** What can happen to a Redis without Sentinels, and to a queue in it. */
final class QueueDrills {

    /** The agent asks every second, and gives a server two. */
    private static final Duration STATE = Duration.ofSeconds(3);

    static final Drill<QueueStack> REDIS_DOWN = Drill.of(
            "RedisDown",
            "the master is killed, nobody replaces it",
            STATE,
            stack -> stack.master().kill(),
            stack -> {
                stack.master().start();
                stack.servers().awaitInSync();
            });

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
                            STATE,
                            QueueStack::endWorkers,
                            QueueStack::startWorkers)
                    .seen(level -> PostgresDrills.threshold("QueueWithoutWorkers", level)
                            .plusSeconds(15))
                    .lasts(Duration.ofSeconds(70)),
            Drill.<QueueStack>of(
                            "QueueStalled",
                            "the queue's only worker hangs, and stays connected",
                            STATE,
                            stack -> stack.working().pause(),
                            stack -> stack.working().resume())
                    .seen(level ->
                            PostgresDrills.threshold("QueueStalled", level).plusSeconds(15)));

    private QueueDrills() {}
}
