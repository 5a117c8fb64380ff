// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.agent.Agent;
import io.highwater.agent.AgentOptions;
import io.highwater.agent.Signals;
import io.highwater.agent.cli.Console;
import io.highwater.agent.config.ConfigException;
import io.highwater.agent.log.LibraryLogs;
import io.highwater.agent.log.Log;
import io.highwater.agent.log.LogFormat;
import io.highwater.agent.log.LogLevel;
import io.highwater.agent.web.WebException;
import io.highwater.lab.LabException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run of the demo: a cluster, an agent that watches it, and what its user sees of both. */
final class Demo {

    private static final Duration BLINK = Duration.ofMillis(20);

    private final String listen;
    private final Optional<Duration> limit;
    private final Console console;
    private final AtomicBoolean stopped = new AtomicBoolean();

    Demo(String listen, Optional<Duration> limit, Console console) {
        this.listen = listen;
        this.limit = limit;
        this.console = console;
    }

    /** Returns the exit code, after all that was started is gone. */
    int run() {
        stopOnSignals(Thread.currentThread());
        console.out().println("Starting Postgres, a primary and a standby; the first time, its programs are unpacked.");
        var password = new BigInteger(128, new SecureRandom()).toString(36);
        try (var cluster = DemoCluster.start(password);
                var folder = DemoFolder.create(cluster.nodes(), password);
                var agent = Agent.start(AgentOptions.of(folder.config()).listen(listen), log(folder))) {
            introduce(cluster, folder, agent.url());
            watch(cluster, agent);
            console.out().println("Stopping.");
            return 0;
        } catch (LabException | WebException | ConfigException e) {
            if (stopped.get()) {
                return 0; // servers that were not allowed to start
            }
            console.err().println("highwater: " + e.getMessage());
            return 1;
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

    private void introduce(DemoCluster cluster, DemoFolder folder, URI url) {
        console.out()
                .println("Postgres " + cluster.major() + " runs. This is how it is watched, in " + folder.config());
        console.out().println();
        folder.configText().lines().forEach(line -> console.out().println("    " + line));
        console.out().println();
        console.out().println("  status   " + url.resolve("/"));
        console.out().println("  metrics  " + url.resolve("/metrics"));
        console.out()
                .println("  probe    "
                        + url.resolve(
                                "/probe?target=demo/postgres/" + cluster.names().getLast()));
        console.out().println("  log      " + folder.logFile());
        console.out().println();
    }

    private void watch(DemoCluster cluster, Agent agent) {
        var actions = new LinkedBlockingQueue<Action>();
        try (var terminal = Terminal.open()) {
            var screen = terminal.isThere() ? LiveScreen.on(console.out()) : new PlainScreen(console.out());
            new Keyboard(System.in, actions, screen::tell).start(terminal.isThere());
            while (!agent.ready()) {
                Thread.sleep(BLINK);
            }
            new Watching(cluster, agent.url().resolve("/metrics"), screen, actions).run(limit);
        } catch (InterruptedException e) {
            // stopped; and interrupted no more, so that what follows may wait
        }
    }
}
