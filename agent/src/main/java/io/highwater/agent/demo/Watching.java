// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The demo's loop: scrapes and shows once a second, and in between does what the user asks for. */
final class Watching {

    private static final long TICK = Duration.ofSeconds(1).toNanos();

    private final Backends backends;
    private final URI metrics;
    private final Screen screen;
    private final BlockingQueue<Action> actions;
    private Readings before = Readings.NONE;
    private long scraped;

    Watching(Backends backends, URI metrics, Screen screen, BlockingQueue<Action> actions) {
        this.backends = backends;
        this.metrics = metrics;
        this.screen = screen;
        this.actions = actions;
    }

    /** Until the user quits, the limit is over, or the thread is interrupted. */
    void run(Optional<Duration> limit) throws InterruptedException {
        long start = System.nanoTime();
        long due = start;
        while (limit.isEmpty() || System.nanoTime() - start < limit.get().toNanos()) {
            var action = actions.poll(due - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (action == Action.QUIT) {
                return;
            }
            if (action == null) {
                look();
                due = Math.max(due + TICK, System.nanoTime());
            } else {
                obey(action);
            }
        }
    }

    private void look() {
        try {
            var earlier = before;
            var readings = Readings.scrape(metrics);
            long now = System.nanoTime();
            double seconds = (now - scraped) / 1e9;
            screen.show(backends.running().stream()
                    .map(backend -> backend.look(readings, earlier, seconds))
                    .toList());
            before = readings;
            scraped = now;
        } catch (IOException e) {
            screen.tell("no metrics: " + e.getMessage());
        }
    }

    private void obey(Action action) {
        try {
            screen.tell(backends.act(action));
        } catch (LabException e) {
            screen.tell(firstLine(e));
        }
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("failed");
    }
}
