// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Durations;
import io.highwater.core.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every runbook is whole: what stands in it, and where it leads to. */
class RunbooksTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path SOURCES = ROOT.resolve("alert-rules/src/main/resources/io/highwater/rules/runbooks");
    private static final Path PAGES = ROOT.resolve("docs/runbooks");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern RECORDED = Pattern.compile("\\bslo:[a-z0-9_:]+");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\\n]*`");

    static Stream<Runbook> all() {
        return Runbooks.names().stream().map(Runbooks::named);
    }

    @Test
    void everyAlertHasOneAndEveryOneAnAlert() throws IOException {
        try (var files = Files.list(SOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(toSet()))
                    .isEqualTo(
                            Runbooks.names().stream().map(name -> name + ".md").collect(toSet()));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void hasEverySectionInItsOrder(Runbook runbook) {
        assertThat(runbook.meaning()).isNotBlank().doesNotStartWith("#").endsWith(".");
        assertThat(runbook.text().strip().lines().skip(1).findFirst()).contains("");
        assertThat(runbook.sections().keySet()).containsExactlyElementsOf(Runbook.HEADINGS);
        assertThat(runbook.sections().values())
                .allSatisfy(section -> assertThat(section.strip()).isNotEmpty());
    }

    /** They would be another truth than the alert's. */
    @ParameterizedTest
    @MethodSource("all")
    void repeatsNoNumberOfItsAlert(Runbook runbook) {
        var prose = CODE.matcher(runbook.text()).replaceAll("");
        Alerts.all().stream()
                .filter(alert -> alert.name().equals(runbook.name()))
                .flatMap(alert -> alert.thresholds().values().stream())
                .flatMap(threshold -> threshold < 1
                        ? Stream.of(Alert.number(threshold), Math.round(threshold * 100) + " %")
                        : Stream.of(Alert.number(threshold)))
                .filter(number -> number.length() > 1)
                .forEach(number -> assertThat(prose).doesNotContainPattern("\\b" + Pattern.quote(number) + "(?!\\d)"));
    }

    @Test
    void aPageAtNightSaysWhenToCall() {
        for (var alert : Alerts.all()) {
            if (alert.severity() == Severity.CRITICAL) {
                var runbook = Runbooks.named(Runbooks.of(alert));
                assertThat(runbook.sections().get("Escalate")).as(alert.name()).contains("$escalation");
                assertThat(runbook.sections().get("Diagnosis")).as(alert.name()).contains("```sh");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyCommandSaysWhereItIsTriedOrWhyNot(Runbook runbook) {
        assertThat(runbook.blocks()).allSatisfy(block -> {
            assertThat(block.fixture()).matches("[a-z0-9-]+");
            assertThat(block.commands()).isNotBlank().doesNotContain("$threshold", "$for", "$escalation");
            assertThat(block.notRun().orElse("reason")).isNotBlank();
        });
        assertThat(runbook.text().lines().filter(line -> line.startsWith("```")))
                .allMatch(line -> line.matches("```(|output|sh [a-z0-9-]+( changes)?( not-run: .+)?)"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyLinkLeadsSomewhere(Runbook runbook) throws IOException {
        var links = LINK.matcher(runbook.text());
        while (links.find()) {
            var target = PAGES.resolve(links.group(1)).normalize();
            var text = PAGES.equals(target.getParent())
                    ? Runbooks.named(links.group(1).replace(".md", "")).text()
                    : Files.readString(target);
            if (links.group(2) != null) {
                assertThat(anchors(text)).as(links.group()).contains(links.group(2));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everySeriesThatPrometheusComputesIsRecorded(Runbook runbook) {
        var recorded = Records.all().stream()
                .flatMap(group -> group.rules().stream())
                .map(Records.Rule::name)
                .collect(toSet());
        assertThat(RECORDED.matcher(runbook.text()).results().map(MatchResult::group))
                .isSubsetOf(recorded);
    }

    private static Set<String> anchors(String text) {
        return text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ *", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .collect(toSet());
    }

    /** With {@code -Drules.renew} they are written instead. */
    @Test
    void thePagesOfTheRepositoryAreUpToDate() throws IOException {
        var expected = new TreeSet<String>();
        expected.add("README.md");
        for (var name : Runbooks.names()) {
            expected.add(name + ".md");
            var file = PAGES.resolve(name + ".md");
            if (System.getProperty("rules.renew") != null) {
                Files.createDirectories(PAGES);
                Files.writeString(file, RunbookPage.named(name));
            }
            assertThat(file)
                    .as(
                            "%s; renew it: mvn -pl alert-rules -am test -Dtest=RunbooksTest"
                                    + " -Dsurefire.failIfNoSpecifiedTests=false -Drules.renew",
                            file.getFileName())
                    .exists()
                    .content()
                    .isEqualTo(RunbookPage.named(name));
        }
        try (var files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void timesOfThePageAreThoseOfTheAlert() {
        var alert = Alerts.named("PostgresNoPrimary");
        var left = Level.L1.rto().minus(alert.delay(Level.L1)).minusSeconds((long)
                alert.threshold(Level.L1).orElseThrow());

        assertThat(alert.template()).as("compares how long the outage is").contains("ha_outage_seconds");
        assertThat(RunbookPage.of(alert))
                .contains("After " + Durations.format(left) + " (L1), ")
                .doesNotContain("$escalation");
    }
}
