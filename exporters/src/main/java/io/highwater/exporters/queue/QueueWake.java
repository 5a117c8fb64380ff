// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Wakes;
import io.highwater.exporters.client.redis.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the next event of each queue that lies idle, from where its stream ended when it was read: what comes between
 * is not missed. It has no connection of its own; it waits a second at a time, and lets others have theirs in between.
 */
final class QueueWake implements AutoCloseable {

    private static final String MILLIS = "1000";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Lane lane;
    private final Runnable collectSoon;
    private final Wakes wakes = new Wakes();
    private Map<String, String> ends = Map.of();
    private @Nullable Thread thread;
    private volatile String problem = "";

    QueueWake(Lane lane, Runnable collectSoon) {
        this.lane = lane;
        this.collectSoon = collectSoon;
    }

    /** @param idle the ids at which the streams of idle queues ended, by their keys */
    synchronized void arm(Map<String, String> idle) {
        wakes.arm(idle.keySet());
        ends = idle;
        if (thread == null && !idle.isEmpty()) {
            thread = Thread.ofVirtual().name("queue-wake").start(this::run);
        }
        notifyAll();
    }

    /** Why it does not hear anything; empty when it does. */
    String problem() {
        return problem;
    }

    private void run() {
        try {
            while (true) {
                var armed = awaitArmed();
                try {
                    lane.use(this, LIMIT, server -> listen(server, armed));
                    problem = "";
                } catch (CollectionException e) {
                    // Others may need the connection for longer than we wait for it.
                    problem = e.reason() == Reason.OVERRUN ? "" : String.valueOf(e.getMessage());
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            // Closed: the end of this thread.
        }
    }

    private synchronized List<Map.Entry<String, String>> awaitArmed() throws InterruptedException {
        while (wakes.armed().isEmpty()) {
            wait();
        }
        var armed = wakes.armed();
        return ends.entrySet().stream()
                .filter(of -> armed.contains(of.getKey()))
                .toList();
    }

    private void listen(Lane.Pipeline server, List<Map.Entry<String, String>> armed) throws CollectionException {
        var command = new ArrayList<>(List.of("XREAD", "COUNT", "1", "BLOCK", MILLIS, "STREAMS"));
        armed.forEach(of -> command.add(of.getKey()));
        armed.forEach(of -> command.add(of.getValue()));
        var reply = server.ask(List.of(command)).getFirst();
        if (reply.value() == null) {
            return; // nothing happened
        }
        boolean first = false;
        for (var stream : reply.items()) {
            first |= wakes.happened(stream.items().getFirst().text());
        }
        if (first) {
            collectSoon.run();
        }
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
