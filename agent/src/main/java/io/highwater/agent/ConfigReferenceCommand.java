// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.config.ConfigReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code highwater config-reference}: every key of the configuration, as Markdown. */
@Command(
        name = "config-reference",
        description = "Prints every key of the configuration: docs/configuration.md.",
        mixinStandardHelpOptions = true)
final class ConfigReferenceCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    static String markdown() {
        return ConfigReference.markdown(example(), InstalledExporters.load());
    }

    /** A configuration to start with; the program's own tests load it. */
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

    @Override
    public void run() {
        spec.commandLine().getOut().print(markdown());
        spec.commandLine().getOut().flush();
    }
}
