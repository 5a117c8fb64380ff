// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.cli.Arguments;
import io.highwater.agent.cli.Command;
import io.highwater.agent.cli.Console;
import io.highwater.agent.config.ConfigException;
import io.highwater.agent.config.ConfigFile;
import java.nio.file.Path;

/** {@code highwater check-config}: everything that is wrong with a configuration, a line each. */
final class CheckConfigCommand implements Command {

    @Override
    public String name() {
        return "check-config";
    }

    @Override
    public String about() {
        return "Says everything that is wrong with a configuration; connects to nothing.";
    }

    @Override
    public String parameter() {
        return "FILE";
    }

    @Override
    public int run(Arguments arguments, Console console) {
        var file = arguments.parameter();
        try {
            var config = ConfigFile.load(Path.of(file), InstalledExporters.load(), System.getenv());
            var clusters = counted(Counts.clusters(config), "cluster");
            var targets = counted(Counts.targets(config), "target");
            console.out().println("SUCCESS: " + file + " is valid: " + clusters + ", " + targets);
            return 0;
        } catch (ConfigException e) {
            e.problems().forEach(console.err()::println);
            console.err()
                    .println("FAILED: " + file + ": " + counted(e.problems().size(), "problem"));
            return 1;
        }
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
