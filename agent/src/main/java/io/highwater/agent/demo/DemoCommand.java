// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.core.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code highwater demo}: starts servers, watches them, and lets its user break them. Nothing of it stays. */
@Command(
        name = "demo",
        description = {
            "Starts Postgres with a standby and an outbox, Redis with a replica and a BullMQ queue, three NATS",
            "servers, MinIO and a small shop over HTTP, watches them, and lets you break them. Changes nothing:",
            "all of it is temporary and on loopback. Redis, NATS, BullMQ and MinIO are left out when",
            "HIGHWATER_TOOLS names no folder with redis-server, nats-server-2.15, bullmq-6 and minio, BullMQ",
            "without Node.js, and the shop without Python 3."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--web.listen-address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1:0",
            description = "Where to listen: host:port or :port. Default: a free port of 127.0.0.1")
    private String listen = "";

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long, such as 30s or 5m. Default: until Ctrl-C")
    private Optional<Duration> duration = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        if (!isLabThere()) {
            spec.commandLine()
                    .getErr()
                    .println("The demo's servers are not here: the folder lib/demo of the distribution is missing.");
            return 1;
        }
        return new Demo(listen, duration).run();
    }

    /** The lab is on the class path of this command alone. */
    private static boolean isLabThere() {
        return DemoCommand.class.getResource("/io/highwater/lab/PostgresCluster.class") != null;
    }

    private static final class DurationConverter implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            return Durations.parse(text)
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is no duration such as 30s or 5m"));
        }
    }
}
