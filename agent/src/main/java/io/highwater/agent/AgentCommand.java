// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.config.ConfigException;
import io.highwater.core.log.LibraryLogs;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import io.highwater.core.web.WebException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code highwater agent}: watches until it is told to stop. */
@Command(
        name = "agent",
        description = {
            "Watches what the configuration says and serves it to Prometheus.",
            "SIGHUP or POST /-/reload reads the configuration again."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {

    @Option(
            names = {"--config.file", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path config;

    @Option(
            names = "--web.listen-address",
            paramLabel = "ADDRESS",
            defaultValue = AgentOptions.DEFAULT_LISTEN,
            description = "Where to listen: host:port or :port. Repeatable. Default: ${DEFAULT-VALUE}")
    private List<String> listen = List.of();

    @Option(
            names = "--web.config.file",
            paramLabel = "FILE",
            description = "TLS, users and limits of the HTTP server, as of Prometheus' exporters.")
    private Optional<Path> webConfig = Optional.empty();

    @Option(
            names = "--timeout-offset",
            paramLabel = "SECONDS",
            defaultValue = "0.5",
            description = "How long before Prometheus' timeout a probe ends. Default: ${DEFAULT-VALUE}")
    private double timeoutOffset;

    @Mixin
    private ScalingFlags scaling = new ScalingFlags();

    @Option(
            names = "--log.level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "The least that is logged: debug, info, warn or error. Default: ${DEFAULT-VALUE}")
    private LogLevel logLevel = LogLevel.INFO;

    @Option(
            names = "--log.format",
            paramLabel = "FORMAT",
            defaultValue = "logfmt",
            description = "How it is logged: logfmt or json. Default: ${DEFAULT-VALUE}")
    private LogFormat logFormat = LogFormat.LOGFMT;

    @Override
    public Integer call() throws InterruptedException {
        var log = new Log(logFormat, logLevel, System.err);
        LibraryLogs.into(log);
        var own = log.from("Main");
        own.info(
                "Starting",
                "version",
                BuildInfo.version(),
                "revision",
                BuildInfo.revision(),
                "jdk",
                BuildInfo.jdk(),
                "pid",
                ProcessHandle.current().pid());
        var stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        try (var agent = Agent.start(options(), log)) {
            Signals.on("HUP", () -> reload(agent));
            stop.await();
            own.info("Stopping");
        } catch (ConfigException e) {
            return 1; // its problems are in the log
        } catch (WebException e) {
            own.error("Cannot serve", "err", e.getMessage());
            return 1;
        }
        return 0;
    }

    private AgentOptions options() {
        return new AgentOptions(
                config,
                listen,
                webConfig,
                Duration.ofMillis(Math.round(timeoutOffset * 1000)),
                System.getenv(),
                scaling.options());
    }

    private static void reload(Agent agent) {
        try {
            agent.reload();
        } catch (ConfigException e) {
            // its problems are in the log
        }
    }
}
