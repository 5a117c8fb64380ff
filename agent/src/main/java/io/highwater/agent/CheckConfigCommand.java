// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.config.ConfigException;
import io.highwater.agent.config.ConfigFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code highwater check-config}: everything that is wrong with a configuration, a line each. */
@Command(
        name = "check-config",
        description = "Says everything that is wrong with a configuration. Connects to nothing.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Override
    public Integer call() {
        try {
            var config = ConfigFile.load(file, InstalledExporters.load(), System.getenv());
            spec.commandLine()
                    .getOut()
                    .println("SUCCESS: " + file + " is valid: " + counted(Counts.clusters(config), "cluster") + ", "
                            + counted(Counts.targets(config), "target"));
            return 0;
        } catch (ConfigException e) {
            var err = spec.commandLine().getErr();
            e.problems().forEach(err::println);
            err.println("FAILED: " + file + ": " + counted(e.problems().size(), "problem"));
            return 1;
        }
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
