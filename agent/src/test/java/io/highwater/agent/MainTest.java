// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as far as it ends by itself. */
class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .matches("(?s)highwater, version \\d+\\.\\d+\\.\\d+.* \\(revision: \\w+\\)\n  jdk: .*");
    }

    @Test
    void helps() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("agent").contains("check-config").contains("families");
        assertThat(run("agent", "--help")).isZero();
        assertThat(out.toString())
                .contains("--config.file")
                .contains("--web.listen-address")
                .contains(":10823");
    }

    @Test
    void wrongUsageIs2() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("agent")).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option: '--config.file=FILE'");
        assertThat(run("check-config")).isEqualTo(2);
        assertThat(run("chekc-config")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean: highwater check-config");
        assertThat(run("agent", "--config", "x", "--log.level", "loud")).isEqualTo(2);
        assertThat(err.toString()).contains("'--log.level'").contains("loud");
    }

    @Test
    void acceptsAGoodConfiguration(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("highwater.yaml"), """
                clusters:
                  orders-db:
                    postgres: { nodes: { pg-1: "a:5432", pg-2: "b:5432" } }
                  users-db:
                    postgres: { nodes: { pg-1: "c:5432" } }
                """);

        assertThat(run("check-config", file.toString())).isZero();
        assertThat(out.toString()).isEqualTo("SUCCESS: " + file + " is valid: 2 clusters, 3 targets\n");
    }

    @Test
    void saysEveryProblemOfABadOne(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("highwater.yaml"), """
                clusters:
                  orders-db:
                    postgers: { nodes: { pg-1: "a:5432" } }
                    postgres:
                      nodes: { pg-1: "a:5432" }
                      slowStatement: soon
                """);

        assertThat(run("check-config", file.toString())).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith(file + ":3:5: ").contains("did you mean \"postgres\"?"))
                .anySatisfy(line -> assertThat(line).startsWith(file + ":6:7: ").contains("slowStatement"))
                .anySatisfy(line -> assertThat(line).isEqualTo("FAILED: " + file + ": 2 problems"));
    }

    @Test
    void anAgentWithABadConfigurationDoesNotStart(@TempDir Path directory) {
        assertThat(run(
                        "agent",
                        "--config.file",
                        directory.resolve("absent.yaml").toString(),
                        "--web.listen-address",
                        "127.0.0.1:0"))
                .isEqualTo(1);
    }

    @Test
    void theExampleIsValid(@TempDir Path directory) throws IOException {
        var secret = Files.writeString(directory.resolve("pg"), "secret");
        var example = ConfigReferenceCommand.example().replace("/run/secrets/pg", secret.toString());
        var file = Files.writeString(directory.resolve("highwater.yaml"), example);

        assertThat(run("check-config", file.toString())).as(err.toString()).isZero();
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
