// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a command was given, complete and without anything that it does not know. */
public final class Arguments {

    private final Command command;
    private final Map<Option, List<String>> values = new HashMap<>();
    private String parameter = "";

    private Arguments(Command command) {
        this.command = command;
    }

    static Arguments parse(Command command, List<String> words) throws UsageException {
        var arguments = new Arguments(command);
        for (var rest = words.iterator(); rest.hasNext(); ) {
            arguments.take(rest.next(), rest);
        }
        arguments.checkComplete();
        return arguments;
    }

    public boolean has(Option option) {
        return values.containsKey(option);
    }

    /** Every value that a repeated option was given, or its fallback. */
    public List<String> all(Option option) {
        var given = values.get(option);
        if (given != null) {
            return given;
        }
        return option.fallback().isEmpty() ? List.of() : List.of(option.fallback());
    }

    /** The last value that an option was given, or its fallback. */
    public Optional<String> get(Option option) {
        var all = all(option);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The same for an option that is required or has a fallback. */
    public String value(Option option) {
        return get(option).orElseThrow();
    }

    /** The constant that an option names in lower case. */
    public <E extends Enum<E>> E choice(Option option, E[] constants) throws UsageException {
        var word = value(option);
        var words = Arrays.stream(constants)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = words.indexOf(word);
        if (index < 0) {
            throw new UsageException(
                    option.name() + " must be one of " + String.join(", ", words) + ", not '" + word + "'");
        }
        return constants[index];
    }

    public String parameter() {
        return parameter;
    }

    private void take(String word, Iterator<String> rest) throws UsageException {
        if (!word.startsWith("-")) {
            if (command.parameter().isEmpty() || !parameter.isEmpty()) {
                throw new UsageException("unexpected '" + word + "'");
            }
            parameter = word;
            return;
        }
        int equals = word.indexOf('=');
        var name = equals < 0 ? word : word.substring(0, equals);
        var option = option(name);
        if (option.isSwitch()) {
            if (equals >= 0) {
                throw new UsageException("flag " + name + " takes no value");
            }
            put(option, "");
        } else if (equals >= 0) {
            put(option, word.substring(equals + 1));
        } else if (rest.hasNext()) {
            put(option, rest.next());
        } else {
            throw new UsageException("expected a value for flag " + name);
        }
    }

    private Option option(String name) throws UsageException {
        return command.options().stream()
                .filter(option -> option.names().contains(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown flag " + name));
    }

    private void put(Option option, String value) {
        values.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
    }

    private void checkComplete() throws UsageException {
        for (var option : command.options()) {
            if (option.required() && !has(option)) {
                throw new UsageException("required flag " + option.name() + " not provided");
            }
        }
        if (!command.parameter().isEmpty() && parameter.isEmpty()) {
            throw new UsageException("required argument " + command.parameter() + " not provided");
        }
    }
}
