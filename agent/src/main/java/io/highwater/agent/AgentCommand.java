// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.cli.Arguments;
import io.highwater.agent.cli.Command;
import io.highwater.agent.cli.Console;
import io.highwater.agent.cli.Option;
import io.highwater.agent.cli.UsageException;
import io.highwater.agent.config.ConfigException;
import io.highwater.agent.log.LibraryLogs;
import io.highwater.agent.log.Log;
import io.highwater.agent.log.LogFormat;
import io.highwater.agent.log.LogLevel;
import io.highwater.agent.web.WebException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code highwater agent}: watches until it is told to stop. */
final class AgentCommand implements Command {

    private static final Option CONFIG =
            Option.required(List.of("--config.file", "--config"), "FILE", "The configuration.");
    private static final Option LISTEN = Option.of(
            "--web.listen-address",
            "ADDRESS",
            AgentOptions.DEFAULT_LISTEN,
            "Where to serve: host:port or :port. Repeatable.");
    private static final Option WEB_CONFIG = Option.of(
            "--web.config.file", "FILE", "", "TLS, users and limits of the HTTP server, as of Prometheus' exporters.");
    private static final Option TIMEOUT_OFFSET =
            Option.of("--timeout-offset", "SECONDS", "0.5", "How long before Prometheus' timeout a probe ends.");
    private static final Option LOG_LEVEL =
            Option.of("--log.level", "LEVEL", "info", "The least that is logged: debug, info, warn or error.");
    private static final Option LOG_FORMAT =
            Option.of("--log.format", "FORMAT", "logfmt", "How it is logged: logfmt or json.");

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public String about() {
        return "Watches what the configuration says and serves it to Prometheus.\n"
                + "SIGHUP or POST /-/reload reads the configuration again.";
    }

    @Override
    public List<Option> options() {
        return List.of(CONFIG, LISTEN, WEB_CONFIG, TIMEOUT_OFFSET, LOG_LEVEL, LOG_FORMAT);
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, InterruptedException {
        var options = options(arguments);
        var log = new Log(
                arguments.choice(LOG_FORMAT, LogFormat.values()),
                arguments.choice(LOG_LEVEL, LogLevel.values()),
                console.err());
        LibraryLogs.into(log);
        var own = log.from("Main");
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, bug) -> own.bug("A thread failed", bug, "thread", thread.getName()));
        var stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        own.info("Starting", "version", BuildInfo.version(), "revision", BuildInfo.revision(), "jdk", BuildInfo.jdk());
        try (var agent = Agent.start(options, log)) {
            Signals.on("HUP", () -> reload(agent));
            stop.await();
            own.info("Stopping");
            return 0;
        } catch (ConfigException e) {
            return 1; // its problems are in the log
        } catch (WebException e) {
            own.error("Cannot serve", "err", e.getMessage());
            return 1;
        }
    }

    private static AgentOptions options(Arguments arguments) throws UsageException {
        var options = AgentOptions.of(Path.of(arguments.value(CONFIG)))
                .listen(arguments.all(LISTEN).toArray(String[]::new))
                .timeoutOffset(seconds(arguments.value(TIMEOUT_OFFSET)));
        var web = arguments.get(WEB_CONFIG);
        return web.isPresent() ? options.webConfig(Path.of(web.get())) : options;
    }

    private static Duration seconds(String number) throws UsageException {
        try {
            return Duration.ofMillis(Math.round(Double.parseDouble(number) * 1000));
        } catch (NumberFormatException e) {
            throw new UsageException(TIMEOUT_OFFSET.name() + " must be a number of seconds, not '" + number + "'");
        }
    }

    private static void reload(Agent agent) {
        try {
            agent.reload();
        } catch (ConfigException e) {
            // its problems are in the log
        }
    }
}
