// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.Job;
import io.highwater.lab.LabException;
import io.highwater.lab.QueueLibrary;
import io.highwater.lab.QueueProgram;
import io.highwater.lab.QueueStore;
import io.highwater.lab.QueueSystem;
import io.highwater.lab.QueueWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A BullMQ queue in the demo's Redis, and two Node processes with a worker each, without one of which it grows. */
final class BullMqBackend implements Backend {

    private static final String QUEUE = "mails";
    private static final int JOBS_PER_SECOND = 10;

    /** Long enough that a worker is never without: one that is frozen has something to lose. Some are kept when done. */
    private static final Job JOB =
            Job.lasting(Duration.ofMillis(800)).option("removeOnComplete", 1000).option("removeOnFail", 1000);

    /** Keeps up with seven a second. A tenth of the library's own times show within seconds what a worker has lost. */
    private static final Map<String, ?> WORKER =
            Map.of("concurrency", 6, "lockDuration", 3000, "stalledInterval", 2000, "maxStalledCount", 10);

    private final QueueProgram steady;
    private final QueueProgram frozen;
    private final QueueWriter writer;

    private BullMqBackend(QueueProgram steady, QueueProgram frozen) {
        this.steady = steady;
        this.frozen = frozen;
        this.writer = QueueWriter.start(steady.queue(QUEUE), JOB, JOBS_PER_SECOND);
    }

    /** Returns when both workers work; throws {@link LabException}, and then nothing is left running but Redis. */
    static BullMqBackend start(RedisBackend redis) {
        var library = QueueLibrary.newest(QueueSystem.BULLMQ);
        var store = QueueStore.redis(redis.servers());
        var programs = new ArrayList<QueueProgram>();
        try {
            for (int i = 0; i < 2; i++) {
                programs.add(QueueProgram.start(library, store));
                programs.getLast().queue(QUEUE).work(WORKER);
            }
            return new BullMqBackend(programs.getFirst(), programs.getLast());
        } catch (LabException e) {
            programs.forEach(QueueProgram::close);
            throw e;
        }
    }

    @Override
    public String component() {
        return "bullmq";
    }

    @Override
    public String title() {
        return "BullMQ " + steady.library().version();
    }

    /** The servers are those of the component redis. */
    @Override
    public List<String> settings() {
        return List.of(
                "queues: [ " + QUEUE + " ]", "collectors: { state: { interval: 1s }, workers: { interval: 1s } }");
    }

    @Override
    public Sight look(Readings now, Readings before, double seconds) {
        return BacklogSight.of(BacklogSight.BULLMQ, QUEUE, now);
    }

    @Override
    public String act(Action action) {
        return switch (action) {
            case ICE -> {
                frozen.pause();
                yield "one of two workers of " + QUEUE + " is frozen: process " + frozen.pid();
            }
            case THAW -> {
                frozen.resume();
                yield "both workers of " + QUEUE + " work";
            }
            default -> throw new IllegalArgumentException(action.word());
        };
    }

    @Override
    public void close() {
        writer.close();
        steady.close();
        frozen.close();
    }
}
