// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.cli.Arguments;
import io.highwater.agent.cli.Command;
import io.highwater.agent.cli.Console;
import io.highwater.agent.config.ConfigReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code highwater config-reference}: every key of the configuration. */
final class ConfigReferenceCommand implements Command {

    @Override
    public String name() {
        return "config-reference";
    }

    @Override
    public String about() {
        return "Prints every key of the configuration: docs/configuration.md.";
    }

    @Override
    public int run(Arguments arguments, Console console) {
        console.out().print(markdown());
        return 0;
    }

    static String markdown() {
        return ConfigReference.markdown(example(), InstalledExporters.load());
    }

    /** A configuration to start with. */
    static String example() {
        try (var in = ConfigReferenceCommand.class.getResourceAsStream("example.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its example.yaml");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
