// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** All that is being watched. */
public final class Fleet implements AutoCloseable {

    private final SnapshotStore store;
    private final CollectionObserver observer;
    private volatile List<Watch> watches = List.of();

    public Fleet(SnapshotStore store, CollectionObserver observer) {
        this.store = store;
        this.observer = observer;
    }

    /** Watches just these: what is as before goes on untouched, what has changed starts anew, the rest ends. */
    public synchronized void apply(List<? extends ComponentPlan<?>> plans) {
        var kept = new ArrayList<Watch>();
        for (var watch : watches) {
            if (plans.contains(watch.plan())) {
                kept.add(watch);
            } else {
                watch.close();
            }
        }
        watches = List.copyOf(kept);
        var known = plans();
        for (var plan : plans) {
            if (!known.contains(plan)) {
                kept.add(Watch.start(plan, store, observer));
                watches = List.copyOf(kept);
            }
        }
    }

    public List<ComponentPlan<?>> plans() {
        return watches.stream().<ComponentPlan<?>>map(Watch::plan).toList();
    }

    /**
     * Collects from one target now, while the caller waits; never beside a collection of the same collector that is
     * in flight. Nothing of it is published.
     *
     * @param wanted which collectors
     * @return a snapshot of each, failed or not; empty when there is no such target, or no such collector runs there
     */
    public Optional<List<Snapshot>> probe(String targetName, Predicate<String> wanted, Duration timeout)
            throws InterruptedException {
        var tasks = watches.stream()
                .flatMap(watch -> watch.loops(targetName))
                .filter(loop -> wanted.test(loop.slot().collector()))
                .<Callable<Snapshot>>map(loop -> () -> loop.probe(timeout))
                .toList();
        if (tasks.isEmpty()) {
            return Optional.empty();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var snapshots = new ArrayList<Snapshot>();
            for (var future : threads.invokeAll(tasks)) {
                snapshots.add(future.get());
            }
            return Optional.of(snapshots);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a failure is a snapshot too", e);
        }
    }

    @Override
    public synchronized void close() {
        watches.forEach(Watch::close);
        watches = List.of();
    }
}
