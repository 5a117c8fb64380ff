// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.demo.DemoCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code highwater}: chooses a command. Exit codes: 0 well, 1 refused or failed, 2 wrong usage. */
@Command(
        name = "highwater",
        description = "Watches high-availability stacks and feeds Prometheus.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildInfo.class,
        subcommands = {
            AgentCommand.class,
            DemoCommand.class,
            CheckConfigCommand.class,
            FamiliesCommand.class,
            RulesCommand.class,
            ConfigReferenceCommand.class,
            DashboardsCommand.class
        })
public final class Main implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(writer(System.out), writer(System.err), args));
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setOut(out)
                .setErr(err)
                .execute(args);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
