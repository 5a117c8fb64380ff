// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.agent.Agent;
import io.highwater.agent.AgentOptions;
import io.highwater.agent.Signals;
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
    private final AtomicBoolean stopped = new AtomicBoolean();

    Demo(String listen, Optional<Duration> limit) {
        this.listen = listen;
        this.limit = limit;
    }

    /** Returns the exit code, after all that was started is gone. */
    int run() {
        stopOnSignals(Thread.currentThread());
        System.out.println("Starting Postgres, a primary and a standby; the first time, its programs are unpacked.");
        var password = new BigInteger(128, new SecureRandom()).toString(36);
        try (var cluster = DemoCluster.start(password);
                var folder = DemoFolder.create(cluster.nodes(), password);
                var agent = Agent.start(AgentOptions.of(folder.config()).listen(listen), log(folder))) {
            introduce(cluster, folder, agent.url());
            watch(cluster, agent);
            System.out.println("Stopping.");
            return 0;
        } catch (LabException | WebException | ConfigException e) {
            if (stopped.get()) {
                return 0; // servers that were not allowed to start
            }
            System.err.println("highwater: " + e.getMessage());
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

    private static void introduce(DemoCluster cluster, DemoFolder folder, URI url) {
        System.out.println("Postgres " + cluster.major() + " runs. This is how it is watched, in " + folder.config());
        System.out.println();
        folder.configText().lines().forEach(line -> System.out.println("    " + line));
        System.out.println();
        System.out.println("  status   " + url.resolve("/"));
        System.out.println("  metrics  " + url.resolve("/metrics"));
        System.out.println("  probe    "
                + url.resolve("/probe?target=demo/postgres/" + cluster.names().getLast()));
        System.out.println("  log      " + folder.logFile());
        System.out.println();
    }

    private void watch(DemoCluster cluster, Agent agent) {
        var actions = new LinkedBlockingQueue<Action>();
        try (var terminal = Terminal.open()) {
            var screen = terminal.isThere() ? LiveScreen.on(System.out) : new PlainScreen(System.out);
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
