// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.agent.InstalledExporters;
import io.highwater.agent.config.Config;
import io.highwater.agent.config.ConfigException;
import io.highwater.agent.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent takes the configuration that the chart writes: as {@code highwater check-config} does, in this JVM. */
@ExtendWith(Cluster.class)
class ConfigurationTest {

    private static final Map<String, String> SECRETS =
            Map.of("ORDERS_DB_PASSWORD", "secret", "JOBS_REDIS_PASSWORD", "secret", "BUS_PASSWORD", "secret");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Config load(Rendered rendered) throws IOException, ConfigException {
        var secret = Files.writeString(folder.resolve("password"), "secret");
        var text = rendered.named(
                        "ConfigMap",
                        rendered.one("Deployment").at("metadata", "name").text())
                .at("data", "highwater.yaml")
                .text()
                .replaceAll("passwordFile: .*", "passwordFile: " + secret);
        return ConfigFile.load(
                Files.writeString(folder.resolve("highwater.yaml"), text), InstalledExporters.load(), SECRETS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "keda", "kubernetes-hpa", "l3", "minimal", "prometheus"})
    void theAgentTakesIt(String example) throws Exception {
        assertThat(load(Chart.render(example)).plans()).isNotEmpty();
    }

    @Test
    void aLargeNumberStaysOne() throws Exception {
        var rendered =
                Chart.render("kubernetes-hpa", "config: { signals: { wallet-lag: { activateAbove: 123456789 } } }");

        assertThat(rendered.one("ConfigMap").at("data", "highwater.yaml").text())
                .contains("123456789");
    }

    @Test
    void theAgentRefusesWhatIsWrongInIt() {
        assertThatThrownBy(() -> load(Chart.render("minimal", "config: { clusters: { orders-db: { postgers: {} } } }")))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems())
                                .anySatisfy(problem ->
                                        assertThat(problem.toString()).contains("postgers")));
    }
}
