// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.cli;

import java.util.List;

/**
 * A named argument of a command, {@code --name VALUE} or {@code --name=VALUE}.
 *
 * @param names its spellings, with their dashes; the first is the one that messages use
 * @param value what stands for its value in the help; empty for a switch, which has none
 * @param fallback its value when it is not given; empty for none
 * @param about one phrase for the help
 * @param required whether the command cannot do without
 */
public record Option(List<String> names, String value, String fallback, String about, boolean required) {

    public Option {
        names = List.copyOf(names);
    }

    /** One that may be left out. */
    public static Option of(String name, String value, String fallback, String about) {
        return new Option(List.of(name), value, fallback, about, false);
    }

    public static Option required(List<String> names, String value, String about) {
        return new Option(names, value, "", about, true);
    }

    /** One without a value. */
    public static Option toggle(String name, String about) {
        return new Option(List.of(name), "", "", about, false);
    }

    public String name() {
        return names.getFirst();
    }

    boolean isSwitch() {
        return value.isEmpty();
    }
}
