// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The time of one collector: one virtual thread that runs it at its interval, at most one collection in flight, each
 * with a deadline. At the deadline the failure is published at once and the collection is interrupted and cut; as long
 * as it still does not end, its turns are skipped and counted, and it is cut again.
 */
final class CollectionLoop implements AutoCloseable {

    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final Slot slot;
    private final Collector collector;
    private final Consumer<Snapshot> publish;
    private final CollectionObserver observer;
    private final SeriesPrefixes prefixes;
    private final Semaphore idle = new Semaphore(1);
    private final Turns turns;
    private final Thread thread;
    private volatile @Nullable Thread overdue;
    private volatile boolean closed;
    private int rejections;

    CollectionLoop(Slot slot, Collector collector, Consumer<Snapshot> publish, CollectionObserver observer) {
        var name = slot.target() + "/" + slot.collector();
        this.slot = slot;
        this.collector = collector;
        this.publish = publish;
        this.observer = observer;
        this.prefixes = new SeriesPrefixes(slot.target());
        this.turns = new Turns(name, slot.schedule().interval());
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    Slot slot() {
        return slot;
    }

    void start() {
        collector.onChange(turns::wake);
        thread.start();
    }

    /** Ends the loop and a collection in flight, without waiting for either. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        abort();
    }

    /** One collection for a reader who waits, outside the turns; its result is not published. */
    Snapshot probe(Duration timeout) throws InterruptedException {
        long started = System.nanoTime();
        if (!idle.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            return failed(started, Reason.OVERRUN, "the collection before has not ended");
        }
        var left = timeout.minusNanos(System.nanoTime() - started);
        var own = slot.schedule().timeout();
        try {
            return collect(left.compareTo(own) < 0 ? left : own);
        } finally {
            cutOverdue();
        }
    }

    private void run() {
        try {
            while (!closed) {
                takeTurn();
            }
        } catch (InterruptedException e) {
            // Closed: the end of this thread.
        }
    }

    private void takeTurn() throws InterruptedException {
        try {
            long turn = turns.current();
            // A probe in flight delays a turn, lest it cost one.
            if (idle.tryAcquire(turns.nanosUntil(turn + 1), TimeUnit.NANOSECONDS)) {
                collectAndPublish();
                turns.awaitNext();
                backOff();
            } else {
                observer.skipped(slot, CollectionObserver.Skip.OVERRUN);
                cutOverdue();
            }
        } catch (RuntimeException | Error e) {
            // Told, but no reason to end: nobody would ask this target any more.
            Faults.report(e);
            turns.awaitNext();
        }
    }

    private void collectAndPublish() throws InterruptedException {
        var snapshot = collect(slot.schedule().timeout());
        try {
            observer.collected(slot, snapshot);
        } finally {
            publish.accept(snapshot);
        }
        cutOverdue();
        rejections = rejected(snapshot) ? rejections + 1 : 0;
        // Not by turns passed: the first collection starts between two of them.
        for (long missed = snapshot.took().dividedBy(slot.schedule().interval()); missed > 0; missed--) {
            observer.skipped(slot, CollectionObserver.Skip.OVERRUN);
        }
    }

    /** Runs the collector on a thread of its own; {@link #idle} is held and given back when that thread ends. */
    private Snapshot collect(Duration timeout) throws InterruptedException {
        var result = new CompletableFuture<Snapshot>();
        long started = System.nanoTime();
        var worker = Thread.ofVirtual().name(thread.getName() + "/run").start(() -> {
            try {
                result.complete(attempt(started));
            } finally {
                idle.release();
            }
        });
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            interrupt(worker);
            return failed(started, Reason.TIMEOUT, "no end within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a failure is a snapshot too", e);
        } catch (InterruptedException e) {
            interrupt(worker);
            throw e;
        }
    }

    private void interrupt(Thread worker) {
        overdue = worker;
        worker.interrupt();
    }

    private void cutOverdue() {
        var worker = overdue;
        if (worker != null && worker.isAlive()) {
            worker.interrupt();
            abort();
        }
    }

    private void abort() {
        try {
            collector.abort();
        } catch (RuntimeException e) {
            Faults.report(e);
        }
    }

    private Snapshot attempt(long started) {
        var samples = new Samples(slot.target(), prefixes, slot.schedule().maxSeries());
        try {
            collector.collect(samples);
            return Snapshot.collected(slot.target(), slot.collector(), started, samples);
        } catch (CollectionException e) {
            return failed(started, e.reason(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return failed(started, Reason.TIMEOUT, "cut at its deadline");
        } catch (Throwable e) {
            return failed(started, Reason.BUG, e.toString());
        }
    }

    private Snapshot failed(long started, Reason reason, String message) {
        return Snapshot.failed(slot.target(), slot.collector(), started, reason, message);
    }

    private static boolean rejected(Snapshot snapshot) {
        return !snapshot.stands()
                && snapshot.outcome() instanceof Outcome.Failed(Reason reason, String _)
                && reason == Reason.AUTH;
    }

    /** A wrong password shown every second locks accounts and fills the server's log. */
    private void backOff() throws InterruptedException {
        long interval = slot.schedule().interval().toNanos();
        long wait = rejections == 0 ? 0 : 1L << Math.min(rejections - 1, 16);
        for (long turn = 1; turn < wait && turn * interval < LONGEST_BACKOFF.toNanos(); turn++) {
            observer.skipped(slot, CollectionObserver.Skip.BACKOFF);
            turns.awaitNext();
        }
    }
}
