// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The time of one collector: one virtual thread that runs it at its interval, at most one collection in flight, each
 * with a deadline. At the deadline the failure is published at once and the collection is interrupted and cut; as long
 * as it still does not end, its turns are skipped and counted.
 */
final class CollectionLoop implements AutoCloseable {

    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final Slot slot;
    private final Collector collector;
    private final Consumer<Snapshot> publish;
    private final CollectionObserver observer;
    private final SeriesPrefixes prefixes;
    private final Semaphore idle = new Semaphore(1);
    private final Thread thread;

    CollectionLoop(Slot slot, Collector collector, Consumer<Snapshot> publish, CollectionObserver observer) {
        this.slot = slot;
        this.collector = collector;
        this.publish = publish;
        this.observer = observer;
        this.prefixes = new SeriesPrefixes(slot.target());
        this.thread =
                Thread.ofVirtual().name(slot.target() + "/" + slot.collector()).unstarted(this::run);
    }

    Slot slot() {
        return slot;
    }

    void start() {
        thread.start();
    }

    /** Ends the loop and a collection in flight, without waiting for either. */
    @Override
    public void close() {
        thread.interrupt();
        collector.abort();
    }

    /** One collection for a reader who waits, outside the interval; its result is not published. */
    Snapshot probe(Duration timeout) throws InterruptedException {
        long started = System.nanoTime();
        if (!idle.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            return failed(started, Reason.OVERRUN, "the collection before has not ended");
        }
        var left = timeout.minusNanos(System.nanoTime() - started);
        return collect(left.isPositive() ? left : Duration.ofNanos(1), new SeriesPrefixes(slot.target()));
    }

    private void run() {
        int rejections = 0;
        try {
            while (true) {
                if (idle.tryAcquire()) {
                    var snapshot = collect(slot.schedule().timeout(), prefixes);
                    observer.collected(slot, snapshot);
                    publish.accept(snapshot);
                    rejections = rejected(snapshot) ? rejections + 1 : 0;
                } else {
                    observer.skipped(slot, CollectionObserver.Skip.OVERRUN);
                    collector.abort();
                }
                sleepUntilNextTurn();
                backOff(rejections);
            }
        } catch (InterruptedException e) {
            // Closed: the end of this thread.
        }
    }

    /** Runs the collector on a thread of its own; {@link #idle} is held and given back when that thread ends. */
    private Snapshot collect(Duration timeout, SeriesPrefixes with) throws InterruptedException {
        var result = new CompletableFuture<Snapshot>();
        long started = System.nanoTime();
        var worker = Thread.ofVirtual().name(thread.getName() + "/run").start(() -> {
            try {
                result.complete(attempt(started, with));
            } finally {
                idle.release();
            }
        });
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            worker.interrupt();
            collector.abort();
            return failed(started, Reason.TIMEOUT, "no end within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a failure is a snapshot too", e);
        } catch (InterruptedException e) {
            worker.interrupt();
            throw e;
        }
    }

    private Snapshot attempt(long started, SeriesPrefixes with) {
        var samples = new Samples(slot.target(), with, slot.schedule().maxSeries());
        try {
            collector.collect(samples);
            return Snapshot.collected(slot.target(), slot.collector(), started, samples);
        } catch (CollectionException e) {
            return failed(started, e.reason(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return failed(started, Reason.TIMEOUT, "cut at its deadline");
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            return failed(started, Reason.BUG, e.toString());
        }
    }

    private Snapshot failed(long started, Reason reason, String message) {
        return Snapshot.failed(slot.target(), slot.collector(), started, reason, message);
    }

    private static boolean rejected(Snapshot snapshot) {
        return snapshot.outcome() instanceof Outcome.Failed(Reason reason, String _) && reason == Reason.AUTH;
    }

    /** A wrong password shown every second locks accounts and fills the server's log. */
    private void backOff(int rejections) throws InterruptedException {
        long interval = slot.schedule().interval().toNanos();
        long turns = rejections == 0 ? 0 : 1L << Math.min(rejections - 1, 16);
        for (long turn = 1; turn < turns && turn * interval < LONGEST_BACKOFF.toNanos(); turn++) {
            observer.skipped(slot, CollectionObserver.Skip.BACKOFF);
            sleepUntilNextTurn();
        }
    }

    /**
     * The first collection is at once; later ones fall on a phase of the interval that differs from collector to
     * collector, which spreads the load, and is the same after every restart.
     */
    private void sleepUntilNextTurn() throws InterruptedException {
        long interval = slot.schedule().interval().toNanos();
        long phase = Math.floorMod(thread.getName().hashCode() * 0x9E3779B97F4A7C15L, interval);
        TimeUnit.NANOSECONDS.sleep(interval - Math.floorMod(System.nanoTime() - phase, interval));
    }
}
