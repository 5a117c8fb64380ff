// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.rules.Runbook;
import io.highwater.rules.Runbooks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command of every runbook, on real servers that have the trouble, shows what the runbook says to look for. */
@Tag("every-version") // they have none, but it takes most of a minute
@Timeout(300)
class RunbookCommandsTest {

    /** Commands that need a cluster of Kubernetes. */
    static final String KUBERNETES = "kubernetes";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static final List<Fixtures> SERVERS = new ArrayList<>();
    private static final Map<String, Fixture> FIXTURES = new LinkedHashMap<>();
    private static final Set<String> ENTERED = new HashSet<>();

    @SuppressWarnings("NullAway.Init")
    private static AgentFixtures agent;

    @BeforeAll
    static void start() throws Exception {
        List<Callable<Fixtures>> kinds = List.of(
                PostgresFixtures::new, NatsFixtures::new, QueueFixtures::new, RedisFixtures::new, MinioFixtures::new);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var started : threads.invokeAll(kinds)) {
                SERVERS.add(started.get());
            }
        }
        agent = new AgentFixtures(folder, SERVERS);
        Stream.concat(agent.all().stream(), SERVERS.stream().flatMap(one -> one.all().stream()))
                .forEach(fixture -> FIXTURES.put(fixture.name(), fixture));
    }

    @AfterAll
    static void stop() {
        agent.close();
        SERVERS.forEach(Fixtures::close);
    }

    /** In the order of what happens to the servers. */
    @TestFactory
    Stream<DynamicTest> everyCommandShowsWhatTheRunbookSays() {
        return Runbooks.names().stream()
                .map(Runbooks::named)
                .sorted(comparingInt(RunbookCommandsTest::when).thenComparing(Runbook::name))
                .map(runbook -> DynamicTest.dynamicTest(runbook.name(), () -> runAll(runbook)));
    }

    /** After so much has happened to the servers that it is about. */
    private static int when(Runbook runbook) {
        var fixtures =
                runbook.blocks().stream().map(Runbook.Block::fixture).distinct().toList();
        return SERVERS.stream()
                .map(servers -> servers.all().stream().map(Fixture::name).toList())
                .flatMapToInt(names -> fixtures.stream().mapToInt(names::indexOf))
                .max()
                .orElse(0);
    }

    private static void runAll(Runbook runbook) {
        var shell = new Shell(folder);
        for (var block : runbook.blocks()) {
            if (block.notRun().isPresent() || block.fixture().equals(KUBERNETES)) {
                continue;
            }
            var fixture = FIXTURES.get(block.fixture());
            assertThat(fixture)
                    .as("fixture %s of %s, of %s", block.fixture(), runbook.name(), FIXTURES.keySet())
                    .isNotNull();
            enter(fixture);
            var variables = new HashMap<>(agent.everywhere());
            variables.putAll(fixture.variables().get());
            if (block.changes()) {
                check(block, shell.run(block, variables));
            } else { // what the agent derives comes a moment later
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(300))
                        .pollDelay(Duration.ZERO)
                        .untilAsserted(() -> check(block, shell.run(block, variables)));
            }
        }
    }

    /** With what happens to the same servers before. */
    private static void enter(Fixture fixture) {
        SERVERS.stream()
                .map(Fixtures::all)
                .filter(all -> all.stream().anyMatch(one -> one.name().equals(fixture.name())))
                .flatMap(List::stream)
                .takeWhile(one -> !one.name().equals(fixture.name()))
                .filter(one -> ENTERED.add(one.name()))
                .forEach(one -> one.enter().run());
        if (ENTERED.add(fixture.name())) {
            fixture.enter().run();
        }
    }

    private static void check(Runbook.Block block, Shell.Result result) {
        assertThat(result)
                .as("%s\nprinted:\n%s", block.commands(), result.output())
                .satisfies(ended -> assertThat(ended.code()).isZero())
                .satisfies(ended -> assertThat(ended.shows(block.output().orElse("")))
                        .as("shows:\n%s", block.output().orElse(""))
                        .isTrue());
    }
}
