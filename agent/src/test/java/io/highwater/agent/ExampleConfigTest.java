// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.agent.config.Config;
import io.highwater.agent.config.ConfigException;
import io.highwater.agent.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples that people start from. */
class ExampleConfigTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("project.root", ".."), "examples");

    private static final List<String> OF_THE_FIRST = List.of(
            "ORDERS_DB_PASSWORD",
            "BUS_PASSWORD",
            "JOBS_REDIS_PASSWORD",
            "MINIO_SECRET_KEY",
            "PROBE_ACCESS_KEY",
            "PROBE_SECRET_KEY",
            "DOCUMENTS_KEY",
            "PROBER_PASSWORD",
            "RPC_KEY");

    private static final Map<String, String> SECRETS = Stream.concat(
                    OF_THE_FIRST.stream(), Stream.of("WALLET_DB_PASSWORD", "BUNDLER_DB_PASSWORD"))
            .collect(Collectors.toMap(name -> name, _ -> "secret"));

    static Config load(String name) throws ConfigException {
        return ConfigFile.load(EXAMPLES.resolve(name), InstalledExporters.load(), SECRETS);
    }

    static Stream<String> all() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void isGood(String name) throws Exception {
        assertThat(Counts.clusters(load(name))).isPositive();
    }

    @Test
    void theFirstHasAllThatItSays() throws Exception {
        var config = load("highwater.yaml");

        assertThat(Counts.clusters(config)).isEqualTo(6);
        assertThat(Counts.targets(config)).isEqualTo(38);
    }

    @Test
    void everySignalOfAPlatformIsOfUseToAPolicy() throws Exception {
        for (var name : new String[] {"city.yaml", "bundler.yaml"}) {
            var config = load(name);
            assertThat(config.policies().values().stream().flatMap(policy -> policy.signals().stream()))
                    .as(name)
                    .isNotEmpty()
                    .containsAll(config.signals().keySet());
        }
    }

    @Test
    void lacksNothingButItsSecrets() {
        assertThatThrownBy(
                        () -> ConfigFile.load(EXAMPLES.resolve("highwater.yaml"), InstalledExporters.load(), Map.of()))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Object::toString)
                                .zipSatisfy(
                                        OF_THE_FIRST,
                                        (problem, name) -> assertThat(problem).contains(name)));
    }
}
