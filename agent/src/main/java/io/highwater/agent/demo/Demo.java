// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.agent.Agent;
import io.highwater.agent.AgentOptions;
import io.highwater.agent.Signals;
import io.highwater.agent.config.ConfigException;
import io.highwater.core.log.LibraryLogs;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.core.web.WebException;
import io.highwater.lab.LabException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** One run of the demo: servers, an agent that watches them, and what its user sees of both. */
final class Demo {

    private static final Duration BLINK = Duration.ofMillis(20);

    private final String listen;
    private final Optional<Duration> limit;
    private final AtomicBoolean stopped = new AtomicBoolean();

    Demo(String listen, Optional<Duration> limit) {
        this.listen = listen;
        this.limit = limit;
    }

    /** Returns the exit code, after all that was started is gone. */
    int run() {
        stopOnSignals(Thread.currentThread());
        System.out.println(
                "Starting Postgres, Redis, NATS, BullMQ, MinIO and a shop; the first time, Postgres' programs are unpacked.");
        try (var folder = DemoFolder.create()) {
            var log = log(folder); // before a library of the backends' clients logs to the terminal
            try (var backends = Backends.start()) {
                return show(backends, folder, log);
            }
        } catch (LabException | WebException | ConfigException e) {
            if (stopped.get()) {
                return 0; // servers that were not allowed to start
            }
            System.err.println("highwater: " + e.getMessage());
            return 1;
        }
    }

    private int show(Backends backends, DemoFolder folder, Log log) throws ConfigException {
        var config = folder.configure(backends.running());
        try (var agent = Agent.start(AgentOptions.of(folder.config()).listen(listen), log)) {
            introduce(backends, folder, config, agent.url());
            watch(backends, agent);
            System.out.println("Stopping.");
            return 0;
        }
    }

    /** By one interrupt and no second: what is done then to clean up must not be interrupted. */
    private void stopOnSignals(Thread thread) {
        for (var signal : List.of("INT", "TERM", "HUP")) {
            Signals.on(signal, () -> {
                if (stopped.compareAndSet(false, true)) {
                    thread.interrupt();
                }
            });
        }
    }

    private static Log log(DemoFolder folder) {
        var log = new Log(LogFormat.LOGFMT, LogLevel.INFO, folder.log());
        LibraryLogs.into(log);
        return log;
    }

    private static void introduce(Backends backends, DemoFolder folder, String config, URI url) {
        backends.leftOut().forEach((name, why) -> System.out.println("Left out: " + name + ". " + why));
        var titles = backends.running().stream().map(Backend::title).collect(Collectors.joining(", "));
        System.out.println("Running: " + titles + ". This is how it is watched, in " + folder.config());
        System.out.println();
        config.lines().forEach(line -> System.out.println("    " + line));
        System.out.println();
        System.out.println("  status   " + url.resolve("/"));
        System.out.println("  metrics  " + url.resolve("/metrics"));
        System.out.println("  probe    " + url.resolve("/probe?target=demo/postgres/pg-2"));
        System.out.println("  log      " + folder.logFile());
        System.out.println();
    }

    private void watch(Backends backends, Agent agent) {
        var actions = new LinkedBlockingQueue<Action>();
        try (var terminal = Terminal.open()) {
            var screen = terminal.isThere()
                    ? LiveScreen.on(System.out, terminal.rows(), backends.actions())
                    : new PlainScreen(System.out);
            new Keyboard(System.in, actions, screen::tell).start(terminal.isThere());
            while (!agent.ready()) {
                Thread.sleep(BLINK);
            }
            new Watching(backends, agent.url().resolve("/metrics"), screen, actions).run(limit);
        } catch (InterruptedException e) {
            // stopped; and interrupted no more, so that what follows may wait
        }
    }
}
