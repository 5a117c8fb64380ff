// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/**
 * Answers that hold for a while. Who asks what another is just asking waits for that answer; of many answers, those used
 * last are kept; a failure is not an answer.
 */
final class Remembered<Q, A> {

    /** Asks, and may fail. */
    @FunctionalInterface
    interface Question<Q, A, E extends Exception> {
        A ask(Q question) throws E;
    }

    private final int most;
    private final long nanos;
    private final LongSupplier clock;
    private final Map<Q, Held<A>> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Q, Held<A>> eldest) {
            return size() > most;
        }
    };

    private static final class Held<A> {
        private final CompletableFuture<A> answer = new CompletableFuture<>();
        private volatile long until = Long.MAX_VALUE;
    }

    Remembered(int most, Duration holds) {
        this(most, holds, System::nanoTime);
    }

    Remembered(int most, Duration holds, LongSupplier clock) {
        this.most = most;
        this.nanos = holds.toNanos();
        this.clock = clock;
    }

    /** @param onHit runs when nobody has to be asked */
    <E extends Exception> A get(Q key, Question<Q, A, E> question, Class<E> failure, Runnable onHit)
            throws E, InterruptedException {
        Held<A> mine = new Held<>();
        Held<A> entry = currentOr(key, mine);
        if (entry == mine) {
            return ask(key, mine, question);
        }
        onHit.run();
        try {
            return entry.answer.get();
        } catch (ExecutionException e) {
            if (failure.isInstance(e.getCause())) {
                throw failure.cast(e.getCause());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private synchronized Held<A> currentOr(Q key, Held<A> mine) {
        Held<A> known = entries.get(key);
        if (known != null && (known.until == Long.MAX_VALUE || known.until - clock.getAsLong() > 0)) {
            return known;
        }
        entries.put(key, mine);
        return mine;
    }

    private <E extends Exception> A ask(Q key, Held<A> entry, Question<Q, A, E> question) throws E {
        boolean answered = false;
        try {
            A answer = question.ask(key);
            entry.until = clock.getAsLong() + nanos;
            entry.answer.complete(answer);
            answered = true;
            return answer;
        } catch (Exception e) {
            entry.answer.completeExceptionally(e);
            throw e;
        } finally {
            if (!answered) {
                forget(key, entry);
            }
        }
    }

    private synchronized void forget(Q key, Held<A> entry) {
        entries.remove(key, entry);
        entry.answer.completeExceptionally(new IllegalStateException("not answered")); // after an Error
    }

    synchronized int size() {
        return entries.size();
    }
}
