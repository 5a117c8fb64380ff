// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.highwater.core.Level;
import io.highwater.rules.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The PrometheusRule: Prometheus takes it, and what the values say of an alert is so. */
@ExtendWith(Cluster.class)
class RulesTest {

    private static final String ON = "prometheusRule: { enabled: true, grafanaBaseUrl: https://grafana.example.com }\n";

    private static final String WITH_THRESHOLD_IN_TEXT = "QueueWithoutWorkers";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private static Node spec(String example, String values) {
        return Chart.render(example, values).one("PrometheusRule").at("spec");
    }

    private static Node alert(Node spec, String name) {
        return find(spec, name).orElseThrow(() -> new AssertionError("no " + name));
    }

    private static Optional<Node> find(Node spec, String name) {
        return spec.at("groups").items().stream()
                .flatMap(group -> group.at("rules").items().stream())
                .filter(rule ->
                        rule.find("alert").filter(it -> it.text().equals(name)).isPresent())
                .findFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"L1", "L2", "L3"})
    void prometheusTakesTheRulesOfEachLevel(String level) throws Exception {
        promtool(spec("minimal", ON + "level: " + level));
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "l3", "prometheus"})
    void prometheusTakesTheRulesOfEachExample(String example) throws Exception {
        promtool(spec(example, "{}"));
    }

    private void promtool(Node spec) throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("rules.yaml"), new Gson().toJson(spec.value()));
        var process = new ProcessBuilder(
                        requireNonNull(System.getProperty("promtool")), "check", "rules", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        var said = Files.readString(folder.resolve("said"));
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("SUCCESS").doesNotContain("SUCCESS: 0 rules", "duplicate");
    }

    @ParameterizedTest
    @EnumSource
    void theyAreThoseOfWhoHasNoHelm(Level level) {
        var spec = spec("minimal", ON + "level: " + level);
        var file = Node.parse(
                new RuleFile(level, "http://highwater.monitoring.svc:10823/runbooks", "https://grafana.example.com")
                        .yaml());

        for (var group : file.at("groups").items()) {
            var found = spec.at("groups").items().stream()
                    .filter(it -> it.at("name").equals(group.at("name")))
                    .findFirst()
                    .orElseThrow();
            assertThat(found.at("interval")).isEqualTo(group.at("interval"));
            assertThat(found.at("rules").items())
                    .containsExactlyElementsOf(group.at("rules").items());
        }
        assertThat(spec.at("groups").items()).hasSameSizeAs(file.at("groups").items());
    }

    @Test
    void anAlertIsAsTheValuesSay() {
        var changed = alert(spec("l3", "{}"), "PostgresReplicaLagging");

        assertThat(changed.at("expr").text()).endsWith(" > 4");
        assertThat(changed.at("for").text()).isEqualTo("5s");
        assertThat(changed.at("keep_firing_for").text()).isEqualTo("1m");
        assertThat(changed.at("labels", "severity").text()).isEqualTo("critical");
        assertThat(changed.at("labels", "team").text()).isEqualTo("database");
        assertThat(changed.at("labels", "component").text()).isEqualTo("postgres");
    }

    @Test
    void otherAlertsStayAsTheyAre() throws IOException {
        var given = Node.parse(Files.readString(Chart.DIRECTORY.resolve("files/alerts.yaml")));
        var source = given.at("alerts").items().stream()
                .filter(alert -> alert.at("name").text().equals("PostgresNoPrimary"))
                .findFirst()
                .orElseThrow();
        var untouched = alert(spec("l3", "{}"), "PostgresNoPrimary");

        assertThat(untouched.at("for")).isEqualTo(source.at("for", "L3"));
        assertThat(untouched.at("labels", "severity").text()).isEqualTo("critical");
        assertThat(untouched.at("labels", "team").text()).as("of every alert").isEqualTo("platform");
        assertThat(untouched.at("annotations", "chat").text()).isEqualTo("#database");
    }

    @Test
    void aDisabledAlertIsGoneAndAGroupWithoutAlertsWithIt() {
        var spec = spec("minimal", ON + "alerts: { Watchdog: { enabled: false } }");

        assertThat(find(spec, "Watchdog")).isEmpty();
        assertThat(spec.at("groups").items())
                .allSatisfy(group -> assertThat(group.at("rules").items()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.25, 0.25", "30, 30", "1000000, 1000000", "12345678, 12345678", "-1, -1"})
    void aThresholdIsWrittenAsPeopleWriteIt(String given, String written) {
        var spec = spec("minimal", ON + "alerts: { PostgresReplicaLagging: { threshold: " + given + " } }");

        assertThat(alert(spec, "PostgresReplicaLagging").at("expr").text()).endsWith(" > " + written);
    }

    @Test
    void aThresholdIsInTheTextsToo() {
        var texts = spec("minimal", ON + "alerts: { %s: { threshold: 77 } }".formatted(WITH_THRESHOLD_IN_TEXT));

        assertThat(alert(texts, WITH_THRESHOLD_IN_TEXT)
                        .at("annotations", "description")
                        .text())
                .contains("77")
                .doesNotContain("$threshold");
    }

    @Test
    void linksLeadToTheRunbookAndTheDashboard() {
        var annotations = alert(spec("l3", "{}"), "PostgresNoPrimary").at("annotations");

        assertThat(annotations.at("runbook_url").text())
                .isEqualTo("https://runbooks.example.com/highwater/PostgresNoPrimary");
        assertThat(annotations.at("dashboard_url").text())
                .isEqualTo("https://grafana.example.com/d/highwater-postgres?var-cluster={{ $labels.cluster }}");
        assertThat(alert(spec("minimal", "prometheusRule: { enabled: true }"), "PostgresNoPrimary")
                        .at("annotations")
                        .find("dashboard_url"))
                .as("without an address of Grafana")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"L1, 15s", "L2, 5s", "L3, 2s"})
    void scrapesAreAsOftenAsTheLevelWants(String level, String interval) {
        var rendered = Chart.render(
                "minimal", ON + "serviceMonitor: { enabled: true }\npodMonitor: { enabled: true }\nlevel: " + level);

        assertThat(rendered.one("ServiceMonitor")
                        .at("spec", "endpoints", 0, "interval")
                        .text())
                .isEqualTo(interval);
        assertThat(rendered.one("PodMonitor")
                        .at("spec", "podMetricsEndpoints", 0, "interval")
                        .text())
                .isEqualTo(interval);
        assertThat(rendered.one("PrometheusRule").at("spec", "groups").items())
                .filteredOn(group -> group.at("name").text().equals("highwater-postgres"))
                .extracting(group -> group.at("interval").text())
                .containsExactly(interval);
    }

    @Test
    void groupsOfOnesOwnStandBesideThem() {
        var names = spec("full", "{}").at("groups").items().stream()
                .map(group -> group.at("name").text())
                .toList();

        assertThat(names).contains("own").doesNotHaveDuplicates();
        assertThat(List.copyOf(names)).hasSizeGreaterThan(1);
    }
}
