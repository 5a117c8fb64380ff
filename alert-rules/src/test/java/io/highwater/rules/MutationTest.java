// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of alerts are worth something: whatever is broken in an expression or a delay, one of them fails. */
@Tag("every-version") // not that it has versions: it takes a minute
class MutationTest {

    private static final Level LEVEL = Level.L2;
    private static final Pattern VERDICT = Pattern.compile("Unit Testing: +(\\S+)\\s+(SUCCESS|FAILED)?");

    @TempDir
    private Path folder;

    @Test
    void noMutantSurvives() throws IOException {
        var mutants = new TreeMap<String, Mutant>();
        for (var alert : Alerts.all()) {
            if (!alert.tests().isEmpty()) {
                int number = 0;
                for (var mutant : Mutant.of(alert, LEVEL)) {
                    mutants.put(alert.name() + "-" + ++number, mutant);
                }
            }
        }
        var tests = mutants.entrySet().stream()
                .map(mutant -> write(mutant.getKey(), mutant.getValue()))
                .toList();

        var survivors = VERDICT.matcher(Promtool.testRules(tests).text())
                .results()
                .filter(verdict -> "SUCCESS".equals(verdict.group(2)))
                .map(verdict ->
                        Path.of(verdict.group(1)).getFileName().toString().replace(".test.yml", ""))
                .map(name -> mutants.get(name) + "")
                .filter(text -> EQUIVALENT.stream().noneMatch(text::contains))
                .toList();

        assertThat(mutants).hasSizeGreaterThan(300);
        assertThat(survivors).isEmpty();
    }

    /** Mutants that no test can tell: series of rates, and what compares with the time, do not hit a boundary exactly. */
    private static final List<String> EQUIVALENT = List.of(
            "ErrorBudgetBurningFast (moves the boundary of)",
            "ErrorBudgetBurningSlowly (moves the boundary of)",
            "AlertDeliveryFailing (moves the boundary of)",
            "HighwaterRestarting (moves the boundary of)",
            "QueueFailureRatio (moves the boundary of)",
            "MinioRequestsFail (moves the boundary of)",
            "ProbeCertificateExpires (moves the boundary of)",
            "ProbeSlow (moves the boundary of)",
            "S3Slow (moves the boundary of)",
            "ScalingCertificateExpires (moves the boundary of)");

    private Path write(String name, Mutant mutant) {
        var alert = mutant.alert();
        try {
            Files.writeString(
                    folder.resolve(name + ".yml"),
                    UnitTest.bareRule(
                            alert.name(),
                            mutant.expression(),
                            mutant.delay(),
                            alert.keepFiring(LEVEL),
                            alert.labels()));
            return Files.writeString(folder.resolve(name + ".test.yml"), UnitTest.file(name + ".yml", alert, LEVEL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
