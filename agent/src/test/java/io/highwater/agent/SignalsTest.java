// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: its signals, its exit code, its log. */
@Timeout(120)
class SignalsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Process program;

    @BeforeEach
    void start() throws IOException {
        configure("first");
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "agent",
                        "--config",
                        directory.resolve("highwater.yaml").toString(),
                        "--web.listen-address",
                        "127.0.0.1:0",
                        "--log.format",
                        "json")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        awaitLog("\"msg\":\"Listening\"");
    }

    @AfterEach
    void stop() {
        program.destroyForcibly();
    }

    @Test
    void endsAtTermWithCode0() throws Exception {
        program.destroy();

        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThat(log()).contains("\"msg\":\"Starting\",\"version\":\"").contains("\"msg\":\"Stopping\"");
    }

    @Test
    void readsItsConfigurationAgainAtHup() throws Exception {
        configure("second");
        hangUp();
        awaitLog("\"cluster\":\"second\"");

        Files.writeString(directory.resolve("highwater.yaml"), "clusters: [");
        hangUp();
        awaitLog("\"msg\":\"Configuration is refused\"");
        assertThat(program.isAlive()).isTrue();
    }

    private void configure(String cluster) throws IOException {
        Files.writeString(
                directory.resolve("highwater.yaml"),
                "clusters: { %s: { postgres: { nodes: { pg-1: \"127.0.0.1:%d\" } } } }"
                        .formatted(cluster, FreePort.next()));
    }

    private void hangUp() throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-HUP", Long.toString(program.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private void awaitLog(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log()).contains(text));
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }
}
