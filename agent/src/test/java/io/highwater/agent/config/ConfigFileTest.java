// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.highwater.agent.InstalledExporters;
import io.highwater.core.ComponentPlan;
import io.highwater.core.Level;
import io.highwater.core.Schedule;
import io.highwater.core.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What configurations mean. */
class ConfigFileTest {

    private Directory directory;

    @BeforeEach
    void directory(@TempDir Path path) {
        directory = new Directory(path);
    }

    @Test
    void fewLinesAreEnough() throws Exception {
        var config = directory.load("""
                clusters:
                  harbour:
                    depot:
                      nodes: {north: "north:1", south: "south:1"}
                      user: watcher
                """);

        assertThat(config.plans()).singleElement().satisfies(plan -> {
            assertThat(plan.targets())
                    .extracting(Target::name)
                    .containsExactly("harbour/depot/north", "harbour/depot/south");
            assertThat(plan.level()).isEmpty();
            assertThat(plan.schedules()).containsOnlyKeys("pulse", "stock");
            assertThat(settings(plan).patience()).isEqualTo(Duration.ofSeconds(5));
            assertThat(settings(plan).kinds()).containsExactly("goods", "people");
            assertThat(settings(plan).password()).isEmpty();
        });
    }

    @Test
    void everythingCanBeSaid() throws Exception {
        directory.with("secrets/depot", "s3same\n");
        var config = directory.load("""
                clusters:
                  harbour:
                    level: L3
                    labels: {team: payments, tier: 1}
                    depot:
                      nodes:
                        north: "north:1"
                        south: {address: "south:1", side: back}
                      user: watcher
                      passwordFile: secrets/depot
                      patience: 1m
                      kinds: goods
                      collectors:
                        stock: {interval: 1s, timeout: 2s, maxAge: 10s, maxSeries: 5}
                        theft: {enabled: true}
                    gate:
                      tokenEnv: GATE_TOKEN
                """);

        assertThat(config.plans()).hasSize(2);
        var plan = config.plans().getFirst();
        assertThat(plan.level()).contains(Level.L3);
        assertThat(plan.labels()).isEqualTo(Map.of("team", "payments", "tier", "1"));
        assertThat(plan.schedules().keySet()).containsExactly("pulse", "stock", "theft");
        assertThat(plan.schedules().get("stock"))
                .isEqualTo(new Schedule(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(10), 5));
        assertThat(settings(plan).nodes().get("south")).isEqualTo(new Depot.Node("south:1", Depot.Side.BACK));
        assertThat(settings(plan).kinds()).containsExactly("goods");
        assertThat(settings(plan).password().orElseThrow().reveal()).isEqualTo("s3same");
        assertThat(config.plans().getLast().settings())
                .isInstanceOfSatisfying(
                        Gate.Settings.class,
                        gate -> assertThat(gate.token().reveal()).isEqualTo("t0ken-of-the-gate"));
    }

    @Test
    void aChangedIntervalChangesTheAgeAtWhichSamplesVanish() throws Exception {
        var plan = directory.load("""
                        clusters:
                          harbour:
                            depot:
                              nodes: {north: "north:1"}
                              user: watcher
                              collectors: {pulse: {interval: 1s}, stock: {maxSeries: 7}}
                        """).plans().getFirst();

        assertThat(plan.schedules()).containsEntry("pulse", Schedule.of(Duration.ofSeconds(1), Duration.ofSeconds(5)));
        assertThat(plan.schedules().get("stock"))
                .isEqualTo(new Schedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(20), 7));
    }

    @Test
    void filesIncludeEachOther() throws Exception {
        directory
                .with("highwater.yaml", "include: [conf.d/*.yaml, more.yaml]")
                .with("conf.d/a.yaml", gate("a") + "include: ../*.yaml\n")
                .with("conf.d/b.yaml", gate("b"))
                .with("conf.d/b.yaml.bak", "not: read")
                .with("more.yaml", gate("c"));

        var config = directory.load(Directory.EXPORTERS);

        assertThat(config.plans()).extracting(ComponentPlan::cluster).containsExactly("a", "b", "c");
        assertThat(config.files())
                .extracting(file -> directory.path().relativize(file).toString())
                .containsExactly("highwater.yaml", "conf.d/a.yaml", "conf.d/b.yaml", "more.yaml");
    }

    @Test
    void whereTheAgentStandsIsALabelOfWhatDependsOnIt() throws Exception {
        directory
                .with("highwater.yaml", "vantage: fra-1\ninclude: more.yaml\n" + gate("a"))
                .with("more.yaml", gate("b") + "include: inside.yaml\n")
                .with("inside.yaml", "clusters: {c: {depot: {nodes: {north: 'north:1'}, user: watcher}}}");

        assertThat(directory.load(Directory.EXPORTERS).plans())
                .extracting(ComponentPlan::cluster, ComponentPlan::labels)
                .containsExactly(
                        tuple("a", Map.of("vantage", "fra-1")),
                        tuple("b", Map.of("vantage", "fra-1")),
                        tuple("c", Map.of()));
    }

    @Test
    void linkedFilesAreIncludedOnce() throws Exception {
        directory.with("highwater.yaml", "include: conf.d/**.yaml").with("conf.d/..2026/a.yaml", gate("a"));
        var mounted = directory.path().resolve("conf.d");
        Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..2026"));
        Files.createSymbolicLink(mounted.resolve("a.yaml"), Path.of("..data/a.yaml"));

        assertThat(directory.load(Directory.EXPORTERS).plans())
                .extracting(ComponentPlan::cluster)
                .containsExactly("a");
    }

    @Test
    void aSecretInAFileIsReadAgainEachTime() throws Exception {
        directory.with("pass", "old\r\n\n");
        var plan = directory.load("""
                        clusters: {harbour: {gate: {tokenFile: pass}}}
                        """).plans().getFirst();
        var token = ((Gate.Settings) plan.settings()).token();

        assertThat(token.reveal()).isEqualTo("old");
        directory.with("pass", "new");
        assertThat(token.reveal()).isEqualTo("new");
        assertThat(token.origin()).isEqualTo("file " + directory.path().resolve("pass"));
        directory.with("pass", "");
        assertThatIllegalStateException().isThrownBy(token::reveal).withMessageEndingWith("pass is empty");
    }

    @Test
    void anAliasStandsForItsValue() throws Exception {
        var config = directory.load("""
                clusters:
                  a: {gate: &gate {tokenEnv: GATE_TOKEN, collectors: {pulse: {interval: &often 2s, timeout: *often}}}}
                  b: {gate: *gate}
                """);

        assertThat(config.plans())
                .hasSize(2)
                .allSatisfy(plan -> assertThat(plan.schedules())
                        .containsEntry("pulse", Schedule.of(Duration.ofSeconds(2), Duration.ofSeconds(2))));
    }

    private static String gate(String cluster) {
        return "clusters: {%s: {gate: {tokenEnv: GATE_TOKEN}}}\n".formatted(cluster);
    }

    private static Depot.Settings settings(ComponentPlan<?> plan) {
        return (Depot.Settings) plan.settings();
    }

    @Test
    void aComponentTakesTheServersOfAnother() throws Exception {
        var config =
                directory.with("pass", "s3same").with("highwater.yaml", """
                clusters:
                  jobs:
                    redis:
                      nodes: {redis-1: "redis-1", redis-2: "redis-2"}
                      user: watcher
                      passwordFile: pass
                      purpose: queue
                    postgres: {nodes: {pg-1: {address: "pg-1", replica: logical}}}
                    bullmq: {}
                  tables:
                    redis: {nodes: {redis-1: "redis-1"}}
                    postgres: {nodes: {pg-1: "pg-1"}, database: jobs}
                    bullmq: {postgres: postgres}
                """).load(InstalledExporters.load());

        var queues = config.plans().stream()
                .filter(plan -> plan.exporter().component().equals("bullmq"))
                .map(PlanText::describe)
                .toList();
        assertThat(queues.getFirst())
                .contains("redis: {nodes: {redis-1: {address: redis-1}, redis-2: {address: redis-2}}, user: watcher")
                .doesNotContain("pg-1", "s3same");
        assertThat(queues.getLast())
                .contains("postgres: {nodes: {pg-1:", "database: jobs")
                .doesNotContain("redis-1");
    }
}
