// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A virtual thread for each exchange, with an end: what takes longer than the limit, from the first byte of the request
 * (or of the TLS handshake) to the last of the response, is interrupted, and that closes its connection.
 *
 * <p>The JDK's server has a limit of its own for responses, {@code maxRspTime}. It must stay off: its timer closes a TLS
 * connection by writing to it, so a client that does not read blocks the timer, and then everybody, for good.
 */
final class ExchangeThreads implements Executor, AutoCloseable {

    private final Map<Thread, Long> started = new ConcurrentHashMap<>();
    private final Duration limit;
    private final Thread watch;
    private volatile boolean closed;

    ExchangeThreads(Duration limit) {
        this.limit = limit;
        this.watch = Thread.ofVirtual().name("http-watch").start(this::watch);
    }

    @Override
    public void execute(Runnable exchange) {
        if (closed) {
            throw new RejectedExecutionException("the server stops");
        }
        Thread.ofVirtual().name("http").start(() -> run(exchange));
    }

    int running() {
        return started.size();
    }

    /** Interrupts everything that runs. */
    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        started.keySet().forEach(Thread::interrupt);
    }

    private void run(Runnable exchange) {
        Thread self = Thread.currentThread();
        started.put(self, System.nanoTime());
        try {
            if (closed) {
                self.interrupt(); // it came while we closed
            }
            exchange.run();
        } finally {
            started.remove(self);
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(Math.min(1000, limit.toMillis()));
                started.forEach(this::interruptOverdue);
            }
        } catch (InterruptedException stop) {
            // closed
        }
    }

    private void interruptOverdue(Thread thread, long start) {
        if (System.nanoTime() - start > limit.toNanos()) {
            thread.interrupt();
        }
    }
}
