// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A queue and the replicas that work on it, in virtual time, second by second. First in, first out; what a rate has left
 * of an item counts in the next second. Replicas that go take the work in their hands with them: it is done anew.
 */
public final class WorkloadModel {

    /** Items that came in one second. */
    private static final class Batch {
        private final long second;
        private long items;

        private Batch(long second, long items) {
            this.second = second;
            this.items = items;
        }
    }

    private final WorkPlan plan;
    private final Deque<Batch> queue = new ArrayDeque<>();
    private final List<Long> readyAt = new ArrayList<>();
    private long now;
    private long backlog;
    private double arriving;
    private double capacity;
    private long arrivals;
    private long completions;
    private long cut;
    private long longestWait;

    /** Its replicas are ready. */
    public WorkloadModel(WorkPlan plan, int replicas) {
        this.plan = plan;
        for (int i = 0; i < replicas; i++) {
            readyAt.add(0L);
        }
    }

    /** Lets a second pass: what comes in it may be done in it. */
    public void step() {
        arriving += plan.arrivals().applyAsDouble((double) now);
        long came = (long) arriving;
        arriving -= came;
        arrivals += came;
        backlog += came;
        if (came > 0) {
            queue.add(new Batch(now, came));
        }
        now++;
        work();
        longestWait = Math.max(longestWait, oldestAgeSeconds());
    }

    private void work() {
        capacity += Math.min(working() * plan.perReplica(), plan.downstream());
        long done = Math.min(backlog, (long) capacity);
        // an idle replica does not save up, and one that is late does not lose what it has begun
        capacity = backlog == done ? 0 : capacity - done;
        completions += done;
        backlog -= done;
        while (done > 0) {
            var first = queue.getFirst();
            long taken = Math.min(done, first.items);
            first.items -= taken;
            done -= taken;
            if (first.items == 0) {
                queue.removeFirst();
            }
        }
    }

    /** Ready replicas that have a partition. */
    private int working() {
        return Math.min(readyReplicas(), plan.partitions());
    }

    /** Asks for so many: more become ready later; fewer are there at once, and those that start go first. */
    public void setReplicas(int replicas) {
        while (readyAt.size() < replicas) {
            readyAt.add(now + plan.startUp().toSeconds());
        }
        if (readyAt.size() > replicas) {
            long before = inFlight();
            readyAt.subList(replicas, readyAt.size()).clear();
            cut += before - inFlight();
        }
    }

    /** Seconds since the start. */
    public long seconds() {
        return now;
    }

    /** Items that are not done, whether somebody works on them or not. */
    public long backlog() {
        return backlog;
    }

    /** How long the oldest of them has waited; 0 without any. */
    public long oldestAgeSeconds() {
        return queue.isEmpty() ? 0 : now - queue.getFirst().second;
    }

    /** Items that somebody works on. */
    public long inFlight() {
        return Math.min(backlog, (long) working() * plan.concurrency());
    }

    public long arrivalsTotal() {
        return arrivals;
    }

    public long completionsTotal() {
        return completions;
    }

    /** Items that somebody worked on when his replica was taken away. */
    public long cutTotal() {
        return cut;
    }

    /** The oldest that the oldest item has been at the end of any second. */
    public long longestWaitSeconds() {
        return longestWait;
    }

    /** Those that are asked for, ready or not. */
    public int replicas() {
        return readyAt.size();
    }

    public int readyReplicas() {
        return (int) readyAt.stream().filter(second -> second <= now).count();
    }
}
