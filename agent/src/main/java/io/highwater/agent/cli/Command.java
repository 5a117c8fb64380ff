// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.cli;

import java.util.List;

/** One thing that the program does: {@code highwater NAME [OPTIONS] [PARAMETER]}. */
public interface Command {

    String name();

    /** For the help: a sentence on a line of its own, and more if need be. */
    String about();

    default List<Option> options() {
        return List.of();
    }

    /** What stands for the one argument without a name; empty when there is none. It cannot be left out. */
    default String parameter() {
        return "";
    }

    /** @return the exit code */
    int run(Arguments arguments, Console console) throws UsageException, InterruptedException;
}
