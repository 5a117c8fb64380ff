// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.core.Durations;
import io.highwater.core.Level;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drills/prove-alerts}. */
@Command(
        name = "prove-alerts",
        description = {
            "Makes failures on real servers, and writes into docs/alerts.md what people are told of them, and when.",
            "With --quiet nothing fails, and nobody is to be told of anything."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ProveAlerts implements Callable<Integer> {

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "L3",
            description = "Whose rules: L1, L2 or L3. Default: ${DEFAULT-VALUE}")
    private Level level = Level.L3;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "This drill alone, such as PostgresNoPrimary. Repeatable. The page stays as it is.")
    private List<String> only = List.of();

    @Option(
            names = "--quiet",
            paramLabel = "TIME",
            description = "Leaves all servers as they are for so long, such as 10m.")
    private Optional<String> quiet = Optional.empty();

    @Option(names = "--bounds", description = "Computes times to page, and breaks nothing.")
    private boolean bounds;

    @Option(names = "--list", description = "Says which drills there are.")
    private boolean list;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final AlertsPage page = new AlertsPage(Path.of("docs", "alerts.md"));

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        if (list) {
            Proof.drills().forEach(drill -> out().println(drill.name() + ": " + drill.failure()));
            return 0;
        }
        if (bounds) {
            page.write(Bounds.PART, Bounds.markdown());
            return 0;
        }
        return quiet.isPresent() ? beQuiet(quiet.get()) : fail();
    }

    private int beQuiet(String time) throws InterruptedException {
        var duration = Durations.parse(time)
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), time + " is no duration: write one such as 10m"));
        var result = new QuietRun(level, duration).make();
        out().println(result.sentence());
        page.write("quiet " + level, result.sentence());
        return result.quiet() ? 0 : 1;
    }

    private int fail() throws InterruptedException, ExecutionException {
        var names = Proof.drills().stream().map(Drill::name).toList();
        only.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "there is no drill " + name + ", only " + String.join(", ", names));
        });
        var outcomes =
                new Proof(level, drill -> only.isEmpty() || only.contains(drill.name()), false, this::say).make();
        var report = new Report(level, outcomes).markdown();
        out().println(report);
        if (only.isEmpty()) {
            page.write(level.name(), report);
        }
        return outcomes.stream().allMatch(Outcome::asExpected) ? 0 : 1;
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    public static void main(String... arguments) {
        System.exit(new CommandLine(new ProveAlerts())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
