// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every alert, at every level, does what the series beside it say, by Prometheus' own promtool. */
class AlertsTest {

    @TempDir
    private Path folder;

    @Test
    void fireWhenTheySay() throws IOException {
        fireWhenTheySay(Level.L2);
    }

    @Tag("every-version")
    @ParameterizedTest
    @EnumSource(names = {"L1", "L3"})
    void fireWhenTheySayAtOtherLevels(Level level) throws IOException {
        fireWhenTheySay(level);
    }

    private void fireWhenTheySay(Level level) throws IOException {
        var tests = new ArrayList<Path>();
        for (var alert : Alerts.all()) {
            if (!alert.tests().isEmpty()) {
                var rules = alert.name() + ".yml";
                Files.writeString(
                        folder.resolve(rules),
                        UnitTest.bareRule(
                                alert.name(),
                                alert.expression(level),
                                alert.delay(level),
                                alert.keepFiring(level),
                                alert.labels()));
                tests.add(Files.writeString(
                        folder.resolve(alert.name() + ".test.yml"), UnitTest.file(rules, alert, level)));
            }
        }

        var answer = Promtool.testRules(tests);

        assertThat(answer.good()).as(answer.text()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void areRulesAsPrometheusWantsThem(Level level) throws IOException {
        var file = Files.writeString(
                folder.resolve("highwater.yml"), new RuleFile(level, "http://runbooks", "http://grafana").yaml());

        var answer = Promtool.checkRules(file);

        assertThat(answer.good()).as(answer.text()).isTrue();
    }

    @Test
    void haveAPartnerThatSaysWhenAPageIsBlind() {
        assertThat(Alerts.all())
                .filteredOn(alert -> alert.severity() == Severity.CRITICAL && alert.layer() != Layer.MONITORING)
                .isNotEmpty()
                .allSatisfy(page -> assertThat(Alerts.all())
                        .anyMatch(alert -> alert.template().matches("(?s).*\\W" + page.name() + "\\W.*")));
    }
}
