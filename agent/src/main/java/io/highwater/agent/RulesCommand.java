// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.core.Level;
import io.highwater.rules.AlertmanagerConfig;
import io.highwater.rules.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code highwater rules}: the rule file for Prometheus, and a configuration of Alertmanager that fits it. */
@Command(
        name = "rules",
        description = "Writes alerts and recording rules for Prometheus, and routing for Alertmanager.",
        mixinStandardHelpOptions = true)
final class RulesCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--level",
            defaultValue = "L2",
            description =
                    "The strictest level of your clusters: L1, L2 (default) or L3. It decides how soon alerts fire.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Level level;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder to write to.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Option(
            names = "--runbooks-url",
            defaultValue = "http://localhost:10823/runbooks",
            paramLabel = "URL",
            description = "Where people read runbooks: the agent serves them. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String runbooks;

    @Option(
            names = "--grafana-url",
            defaultValue = "http://localhost:3000",
            paramLabel = "URL",
            description = "Where Grafana is. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String grafana;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try {
            Files.createDirectories(output);
            var rules = output.resolve("highwater.rules.yml");
            Files.writeString(rules, new RuleFile(level, trimmed(runbooks), trimmed(grafana)).yaml());
            out.println("wrote " + rules);
            // Its receivers are the user's to fill in, so what is there stays.
            var routing = output.resolve("alertmanager.yml");
            if (Files.exists(routing)) {
                out.println("kept " + routing + ", which is yours since it was written");
            } else {
                Files.writeString(routing, AlertmanagerConfig.of(level).yaml());
                out.println("wrote " + routing);
            }
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println(UnwritableFolder.message(output, e));
            return 1;
        }
    }

    private static String trimmed(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
