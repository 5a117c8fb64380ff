// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The same question to several at once, so that one who does not answer holds up no other. */
public final class InParallel {

    /** What is done for each. */
    @FunctionalInterface
    public interface Work<A, T> {
        T of(A one) throws InterruptedException;
    }

    private InParallel() {}

    /**
     * Waits for all.
     *
     * @param atOnce how many are under way at the same time
     * @return what came of each, in the same order
     */
    public static <A, T> List<T> each(Collection<A> all, int atOnce, Work<A, T> work) throws InterruptedException {
        var slots = new Semaphore(atOnce);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = new ArrayList<Future<T>>();
            for (var one : all) {
                futures.add(threads.submit(limited(slots, () -> work.of(one))));
            }
            try {
                return results(futures);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private static <T> Callable<T> limited(Semaphore slots, Callable<T> task) {
        return () -> {
            slots.acquire();
            try {
                return task.call();
            } finally {
                slots.release();
            }
        };
    }

    private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
        var results = new ArrayList<T>();
        for (var future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return results;
    }
}
