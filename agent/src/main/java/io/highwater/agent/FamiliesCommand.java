// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.cli.Arguments;
import io.highwater.agent.cli.Command;
import io.highwater.agent.cli.Console;
import io.highwater.agent.cli.Option;
import java.util.List;

/** {@code highwater families}: every metric family that there can be. */
final class FamiliesCommand implements Command {

    private static final Option MARKDOWN = Option.toggle("--markdown", "As docs/metrics.md.");

    @Override
    public String name() {
        return "families";
    }

    @Override
    public String about() {
        return "Lists every metric family that the agent can expose.";
    }

    @Override
    public List<Option> options() {
        return List.of(MARKDOWN);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        var exporters = InstalledExporters.load();
        console.out()
                .print(arguments.has(MARKDOWN) ? FamilyReference.markdown(exporters) : FamilyReference.list(exporters));
        return 0;
    }
}
