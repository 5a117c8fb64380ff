// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A configuration that was refused, with everything that is wrong with it: one line a problem. */
public final class ConfigException extends Exception {

    private final transient List<Problem> problems;

    ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
