// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.cli.Console;
import io.highwater.lab.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line, as far as it ends by itself. */
class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out()).matches("(?s)highwater, version \\d+\\.\\d+\\.\\d+.* \\(revision: \\w+\\)\n  jdk: .*");
    }

    @Test
    void helps() {
        assertThat(run("--help")).isZero();
        assertThat(out())
                .contains("usage: highwater COMMAND")
                .contains("check-config")
                .contains("families");
        assertThat(run("agent", "--help")).isZero();
        assertThat(out())
                .contains("usage: highwater agent --config.file=FILE [FLAGS]")
                .contains("--config.file, --config=FILE")
                .contains("--web.listen-address=ADDRESS")
                .contains("Default: :10823");
    }

    @Test
    void wrongUsageIs2() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("agent")).isEqualTo(2);
        assertThat(run("check-config")).isEqualTo(2);
        assertThat(run("chekc-config")).isEqualTo(2);
        assertThat(run("agent", "--config", "x", "--log.level", "loud")).isEqualTo(2);
        assertThat(run("agent", "--config=x", "--timeout-offset=soon")).isEqualTo(2);
        assertThat(err()).endsWith("""
                highwater: error: required flag --config.file not provided, try --help
                highwater: error: required argument FILE not provided, try --help
                highwater: error: unknown command chekc-config, try --help
                highwater: error: --log.level must be one of debug, info, warn, error, not 'loud', try --help
                highwater: error: --timeout-offset must be a number of seconds, not 'soon', try --help
                """);
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
        assertThat(out()).isEqualTo("SUCCESS: " + file + " is valid: 2 clusters, 3 targets\n");
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
        assertThat(err().lines())
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
    void anAgentWithoutItsPortDoesNotStart(@TempDir Path directory) throws IOException {
        var file = Files.writeString(
                directory.resolve("highwater.yaml"),
                "clusters: { a: { postgres: { nodes: { pg-1: \"127.0.0.1:" + FreePort.next() + "\" } } } }");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = "127.0.0.1:" + taken.getLocalPort();

            assertThat(run("agent", "--config", file.toString(), "--web.listen-address", address))
                    .isEqualTo(1);
            assertThat(err())
                    .contains("level=ERROR source=Main msg=\"Cannot serve\"")
                    .contains(address);
        }
    }

    @Test
    void theExampleIsValid(@TempDir Path directory) throws IOException {
        var secret = Files.writeString(directory.resolve("pg"), "secret");
        var example = ConfigReferenceCommand.example().replace("/run/secrets/pg", secret.toString());
        var file = Files.writeString(directory.resolve("highwater.yaml"), example);

        assertThat(run("check-config", file.toString())).as(err()).isZero();
    }

    private int run(String... args) {
        try (var toOut = new PrintStream(out, true, UTF_8);
                var toErr = new PrintStream(err, true, UTF_8)) {
            return Main.program().run(new Console(toOut, toErr), args);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
