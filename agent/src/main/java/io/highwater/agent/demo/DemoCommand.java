// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.agent.cli.Arguments;
import io.highwater.agent.cli.Command;
import io.highwater.agent.cli.Console;
import io.highwater.agent.cli.Option;
import io.highwater.agent.cli.UsageException;
import io.highwater.agent.config.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code highwater demo}: starts a Postgres cluster, watches it, and lets its user break it. Nothing of it stays. */
public final class DemoCommand implements Command {

    private static final Option LISTEN = Option.of(
            "--web.listen-address",
            "ADDRESS",
            "127.0.0.1:0",
            "Where to listen: host:port or :port; port 0 is a free one.");
    private static final Option FOR =
            Option.of("--for", "DURATION", "", "How long, such as 30s or 5m; until Ctrl-C when left out.");

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String about() {
        return "Starts a Postgres primary with a standby, watches them, and lets you break them.";
    }

    @Override
    public List<Option> options() {
        return List.of(LISTEN, FOR);
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, InterruptedException {
        var duration = duration(arguments);
        if (!isLabThere()) {
            console.err()
                    .println("The demo's servers are not here: the folder lib/demo of the distribution is missing.");
            return 1;
        }
        return new Demo(arguments.value(LISTEN), duration, console).run();
    }

    private static Optional<Duration> duration(Arguments arguments) throws UsageException {
        var text = arguments.get(FOR);
        var duration = text.flatMap(Durations::parse);
        if (text.isPresent() && duration.isEmpty()) {
            throw new UsageException(FOR.name() + " must be a duration such as 30s or 5m, not '" + text.get() + "'");
        }
        return duration;
    }

    /** The lab is on the class path of this command alone. */
    private static boolean isLabThere() {
        return DemoCommand.class.getResource("/io/highwater/lab/PostgresCluster.class") != null;
    }
}
