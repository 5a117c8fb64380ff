// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.core.Level;
import io.highwater.dashboards.Dashboards;
import io.highwater.dashboards.GrafanaJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code highwater dashboards}: Grafana's dashboards as files. */
@Command(
        name = "dashboards",
        description = {
            "Writes Grafana's dashboards to a folder, a file each.",
            "Grafana imports them by hand, or finds them there by itself (provisioning of kind file)."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DashboardsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "Where to; made when it is not there. Files of the same name are replaced.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "L2",
            description = "Whose thresholds to draw: L1, L2 or L3, as of the alerts. Default: ${DEFAULT-VALUE}")
    private Level level = Level.L2;

    @Override
    public Integer call() {
        try {
            Files.createDirectories(output);
            for (var dashboard : Dashboards.all(level)) {
                var file = output.resolve(dashboard.uid() + ".json");
                Files.writeString(file, GrafanaJson.text(dashboard));
                spec.commandLine().getOut().println(file);
            }
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println(UnwritableFolder.message(output, e));
            return 1;
        }
    }
}
