// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Exporter;
import io.highwater.core.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page as a whole, against what was recorded, Prometheus' own lint, and the exporter's declarations. */
public final class ExposedPage {

    private static final Path SOURCES = Path.of("src/test/java");
    private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

    private final String page;
    private final Map<String, Family> families;
    /** A histogram's under each name that its lines begin with. */
    private final Map<String, Family> familyOfSeries;

    public ExposedPage(String page, Exporter<?> exporter) {
        this.page = page;
        this.families = exporter.families().stream().collect(Collectors.toMap(Family::name, Function.identity()));
        this.familyOfSeries = new HashMap<>();
        families.values().forEach(family -> family.seriesNames().forEach(series -> familyOfSeries.put(series, family)));
    }

    /**
     * Its series are those in the file {@code golden} beside the test; renew that with {@code -Dgolden.update=true}, and
     * read what changed.
     *
     * @param leftOut families, by regular expression, whose series depend on the moment
     * @param masked what differs from run to run, such as ports
     */
    public void isAsIn(Class<?> test, String golden, String leftOut, String masked) throws IOException {
        var file = SOURCES.resolve(test.getPackageName().replace('.', '/')).resolve(golden);
        var family = Pattern.compile("(# (HELP|TYPE) )?(" + leftOut + ")(_bucket|_sum|_count)?[ {].*");
        var series = page.lines()
                .filter(line -> !family.matcher(line).matches())
                .map(line -> line.startsWith("#") ? line : line.replaceAll(" \\S+$", " 0"))
                .map(line -> line.replaceAll(masked, "…"))
                .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, series);
        }
        assertThat(series).isEqualTo(Files.readString(file));
    }

    /** Prometheus finds nothing to say but of names that others made known, and of these. */
    public void isLinted(String... known) throws IOException, InterruptedException {
        var names = Stream.concat(
                        Stream.of(known),
                        families.values().stream().filter(Family::compatible).map(Family::name))
                .collect(Collectors.toSet());
        assertThat(lint()).allSatisfy(finding -> assertThat(names).contains(finding.split(" ")[0]));
    }

    /** Every series is of a declared family, with that family's labels, of which empty ones are left out, and its cluster. */
    public void isDeclared(String cluster) {
        page.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var family = Objects.requireNonNull(familyOfSeries.get(line.substring(0, line.indexOf('{'))), line);
            var own = new HashSet<>(Set.of("cluster", "node"));
            own.addAll(family.kind() == Family.Kind.HISTOGRAM ? Set.of("le") : Set.of());
            assertThat(line).contains("cluster=\"" + cluster + "\"");
            var labels = LABEL.matcher(line).results().map(label -> label.group(1));
            assertThat(labels.filter(label -> !own.contains(label))).as(line).isSubsetOf(family.labels());
        });
    }

    /** Every declared family is there but those that begin so. */
    public void hasAllBut(Collection<String> prefixes) {
        assertThat(families.keySet())
                .filteredOn(name -> prefixes.stream().noneMatch(name::startsWith))
                .flatMap(name -> families.get(name).seriesNames())
                .allSatisfy(name -> assertThat(page).contains("\n" + name + "{"));
    }

    private List<String> lint() throws IOException, InterruptedException {
        var promtool = Path.of(System.getProperty("promtool", "promtool"));
        assertThat(promtool).as("run scripts/tools first; ./test does").isExecutable();
        var process = new ProcessBuilder(promtool.toString(), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var stdin = process.outputWriter()) {
            stdin.write(page);
        }
        var findings = process.inputReader().lines().toList();
        // 0 for nothing to say, 3 for findings; anything else is a page that Prometheus cannot read.
        assertThat(process.waitFor()).as("%s", findings).isIn(0, 3);
        return findings;
    }
}
