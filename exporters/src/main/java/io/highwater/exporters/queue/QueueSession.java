// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Globs;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.exporters.client.redis.Lane;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One Redis server with queues and the two connections that are all we ever hold to it: one for the state of the queues,
 * and one for what takes its time.
 */
final class QueueSession implements Session {

    static final String PULSE = "state";
    static final String DISCOVERY = "discovery";
    static final String WORKERS = "workers";

    private final String node;
    private final QueueServer queues;
    private final Discovery discovery;
    private final Lane pulse;
    private final Lane others;
    private final List<String> wakes;
    private final QueueWake wake;
    private volatile Runnable stateSoon = () -> {};
    private volatile Runnable discoverySoon = () -> {};

    /** @param wakes names of queues whose first event after a silence is collected at once, with stars */
    QueueSession(String node, Lane.Connector link, QueueServer queues, Discovery discovery, List<String> wakes) {
        this.node = node;
        this.queues = queues;
        this.discovery = discovery;
        this.pulse = new Lane(link);
        this.others = new Lane(link);
        this.wakes = wakes;
        this.wake = new QueueWake(others, () -> stateSoon.run());
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        return switch (spec.name()) {
            case PULSE -> new Turn(pulse, schedule.timeout(), this::state, soon -> stateSoon = soon);
            case DISCOVERY -> {
                var limit = schedule.timeout();
                yield new Turn(others, limit, (server, _) -> discover(server, limit), soon -> discoverySoon = soon);
            }
            case WORKERS -> new Turn(others, schedule.timeout(), this::workers, _ -> {});
            case JobTablesSession.APART -> Collector.NONE;
            default -> throw new IllegalArgumentException("no collector " + spec.name());
        };
    }

    private void state(Lane.Pipeline server, Samples out) throws CollectionException {
        if (queues.collect(server, out)) {
            discoverySoon.run();
            stateSoon.run();
        }
        if (!wakes.isEmpty()) {
            wake.arm(queues.idle(queue -> Globs.any(wakes, queue)));
            if (!wake.problem().isEmpty()) {
                out.note("wake: " + wake.problem());
            }
        }
    }

    private void discover(Lane.Pipeline server, Duration timeout) throws CollectionException, InterruptedException {
        var before = discovery.found();
        discovery.look(server, System.nanoTime() + timeout.toNanos() / 2);
        if (!discovery.found().equals(before)) {
            stateSoon.run();
        }
    }

    private void workers(Lane.Pipeline server, Samples out) throws CollectionException {
        if (queues.marksWorkers()) {
            out.fact(new WorkersSeen(node, Workers.read(server, queues.workerMarks())));
        }
    }

    @Override
    public void close() {
        wake.close();
        pulse.close();
        others.close();
    }

    /** What a collector does on a connection. */
    @FunctionalInterface
    private interface Work {
        void run(Lane.Pipeline server, Samples out) throws CollectionException, InterruptedException;
    }

    /** A collector: its work on its connection. */
    private record Turn(Lane lane, Duration timeout, Work work, Consumer<Runnable> change) implements Collector {
        @Override
        public void collect(Samples out) throws CollectionException, InterruptedException {
            lane.use(this, timeout, server -> work.run(server, out));
        }

        @Override
        public void onChange(Runnable collectSoon) {
            change.accept(collectSoon);
        }

        @Override
        public void abort() {
            lane.abort(this);
        }
    }
}
