// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Several commands under one name.
 *
 * @param version what {@code --version} prints
 */
public record Program(String name, String about, String version, List<Command> commands) {

    private static final int WRONG_USAGE = 2;
    private static final Set<String> HELP = Set.of("--help", "-h");

    public Program {
        commands = List.copyOf(commands);
    }

    /** @return the exit code: the command's, or 2 for wrong usage */
    public int run(Console console, String... words) throws InterruptedException {
        try {
            return run(console, Arrays.asList(words));
        } catch (UsageException e) {
            console.err().println(name + ": error: " + e.getMessage() + ", try --help");
            return WRONG_USAGE;
        }
    }

    private int run(Console console, List<String> words) throws UsageException, InterruptedException {
        if (words.isEmpty()) {
            console.err().print(Help.of(this));
            return WRONG_USAGE;
        }
        var first = words.getFirst();
        if (HELP.contains(first)) {
            console.out().print(Help.of(this));
            return 0;
        }
        if (first.equals("--version")) {
            console.out().println(version);
            return 0;
        }
        var command = command(first);
        var rest = words.subList(1, words.size());
        if (rest.stream().anyMatch(HELP::contains)) {
            console.out().print(Help.of(this, command));
            return 0;
        }
        return command.run(Arguments.parse(command, rest), console);
    }

    private Command command(String word) throws UsageException {
        return commands.stream()
                .filter(command -> command.name().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException((word.startsWith("-") ? "unknown flag " : "unknown command ") + word));
    }
}
