// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.agent.config.ConfigException;
import io.highwater.agent.config.ConfigFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example that people start from. */
class ExampleConfigTest {

    private static final Path EXAMPLE = Path.of(System.getProperty("project.root", ".."), "examples", "highwater.yaml");

    @Test
    void isGood() throws Exception {
        var config = ConfigFile.load(
                EXAMPLE,
                InstalledExporters.load(),
                Map.of("ORDERS_DB_PASSWORD", "secret", "BUS_PASSWORD", "secret", "JOBS_REDIS_PASSWORD", "secret"));

        assertThat(Counts.clusters(config)).isEqualTo(4);
        assertThat(Counts.targets(config)).isEqualTo(23);
    }

    @Test
    void lacksNothingButItsSecrets() {
        assertThatThrownBy(() -> ConfigFile.load(EXAMPLE, InstalledExporters.load(), Map.of()))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Object::toString)
                                .satisfiesExactly(
                                        first -> assertThat(first).contains("ORDERS_DB_PASSWORD"),
                                        second -> assertThat(second).contains("BUS_PASSWORD"),
                                        third -> assertThat(third).contains("JOBS_REDIS_PASSWORD")));
    }
}
