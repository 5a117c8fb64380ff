// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.lab.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A new configuration for an agent that runs. Nobody listens where its targets should be. */
@Timeout(60)
class ReloadTest {

    private static final String SECRET = "hunter2-and-more";

    private final String address = "127.0.0.1:" + FreePort.next();

    @SuppressWarnings("NullAway.Init")
    private RunningAgent agent;

    @BeforeEach
    void start(@TempDir Path directory) {
        agent = RunningAgent.start(directory, clusters("first")).awaitReady();
    }

    @AfterEach
    void stop() {
        agent.close();
    }

    @Test
    void replacesWhatIsWatched() {
        agent.write(clusters("second"));

        assertThat(agent.post("/-/reload").statusCode()).isEqualTo(200);

        agent.awaitReady();
        awaitMetrics("highwater_target_up{cluster=\"second\"", "cluster=\"first\"");
        assertThat(agent.page("/")).contains("<h2>second / postgres</h2>").doesNotContain("<h2>first");
        assertThat(agent.get("/probe?target=first/postgres/pg-1").statusCode()).isEqualTo(404);
        assertThat(agent.log()).contains("msg=\"Configuration is in force\"").contains("clusters=1 targets=1");
    }

    @Test
    void leavesAloneWhatHasNotChanged() {
        agent.write(clusters("first", "second"));
        agent.post("/-/reload");

        agent.awaitReady();
        awaitMetrics("highwater_target_up{cluster=\"second\"", "NaN");
        assertThat(agent.log()
                        .lines()
                        .filter(line -> line.contains("Target is down") && line.contains("cluster=first")))
                .hasSize(1);
    }

    @Test
    void refusesWhatIsWrongAndGoesOnAsBefore() {
        agent.write(clusters("second") + "      password: " + SECRET + "\n");

        var response = agent.post("/-/reload");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains("highwater.yaml:5:")
                .contains("password")
                .doesNotContain(SECRET);
        awaitMetrics("highwater_config_last_reload_successful 0.0\n", "cluster=\"second\"");
        assertThat(agent.page("/metrics")).contains("highwater_target_up{cluster=\"first\"");
        assertThat(agent.page("/"))
                .contains("The configuration was refused")
                .contains("highwater.yaml:5:")
                .contains("<h2>first / postgres</h2>")
                .doesNotContain(SECRET);
        assertThat(agent.log()).contains("level=ERROR source=Config msg=\"Configuration is refused\"");
        assertThat(agent.log()).doesNotContain(SECRET);
    }

    @Test
    void recoversFromAWrongOne() {
        agent.write("nonsense");
        assertThat(agent.post("/-/reload").statusCode()).isEqualTo(500);
        agent.write(clusters("first"));
        assertThat(agent.post("/-/reload").statusCode()).isEqualTo(200);

        awaitMetrics("highwater_config_last_reload_successful 1.0\n", "NaN");
        assertThat(agent.page("/")).doesNotContain("refused when");
    }

    /** The agent's own metrics are as old as a second. */
    private void awaitMetrics(String expected, String unexpected) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(agent.page("/metrics")).contains(expected).doesNotContain(unexpected));
    }

    private String clusters(String... names) {
        var yaml = new StringBuilder("clusters:\n");
        for (var name : names) {
            yaml.append("  ")
                    .append(name)
                    .append(":\n    postgres:\n      nodes: { pg-1: \"")
                    .append(address)
                    .append("\" }\n");
        }
        return yaml.toString();
    }
}
