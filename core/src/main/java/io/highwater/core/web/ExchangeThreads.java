// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A virtual thread for each exchange, with a deadline for the request (and the TLS handshake before it) and one for the
 * answer. What misses it is interrupted, and that closes its connection.
 *
 * <p>The JDK's server has such limits, {@code maxReqTime} and {@code maxRspTime}, and they must stay off: its timer
 * closes a TLS connection by writing to it, so one client that does not read blocks the timer, and with it everybody.
 */
final class ExchangeThreads implements Executor, AutoCloseable {

    private static final Duration REQUEST = Duration.ofSeconds(30);

    private final Map<Thread, Long> deadlines = new ConcurrentHashMap<>();
    private final Duration request;
    private final Duration answer;
    private final Thread watch;
    private volatile boolean closed;

    /** @param answer from the last byte of the request to the last of the response */
    ExchangeThreads(Duration answer) {
        this.request = REQUEST.compareTo(answer) < 0 ? REQUEST : answer;
        this.answer = answer;
        this.watch = Thread.ofVirtual().name("http-watch").start(this::watch);
    }

    @Override
    public void execute(Runnable exchange) {
        if (closed) {
            throw new RejectedExecutionException("the server stops");
        }
        Thread.ofVirtual().name("http").start(() -> run(exchange));
    }

    /** To be called by an exchange that has its request. */
    void requestArrived() {
        deadlines.put(Thread.currentThread(), System.nanoTime() + answer.toNanos());
    }

    int running() {
        return deadlines.size();
    }

    /** Interrupts everything that runs. */
    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        deadlines.keySet().forEach(Thread::interrupt);
    }

    private void run(Runnable exchange) {
        Thread self = Thread.currentThread();
        deadlines.put(self, System.nanoTime() + request.toNanos());
        try {
            if (closed) {
                self.interrupt(); // it came while we closed
            }
            exchange.run();
        } finally {
            deadlines.remove(self);
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(Math.min(1000, request.toMillis()));
                deadlines.forEach(ExchangeThreads::interruptOverdue);
            }
        } catch (InterruptedException stop) {
            // closed
        }
    }

    private static void interruptOverdue(Thread thread, long deadline) {
        if (System.nanoTime() - deadline > 0) {
            thread.interrupt();
        }
    }
}
