// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code highwater families}: every metric family that there can be. */
@Command(
        name = "families",
        description = "Lists every metric family that the agent can expose.",
        mixinStandardHelpOptions = true)
final class FamiliesCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--markdown", description = "As docs/metrics.md.")
    private boolean markdown;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        out.print(
                markdown
                        ? FamilyReference.markdown(InstalledExporters.load())
                        : FamilyReference.list(InstalledExporters.load()));
        out.flush();
    }
}
