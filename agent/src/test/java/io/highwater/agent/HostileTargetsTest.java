// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.FreePort;
import io.highwater.lab.HostileServer;
import io.highwater.lab.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thirty targets, of which two thirds hang, refuse or send garbage: a scrape must not notice. */
@Timeout(180)
class HostileTargetsTest {

    private static final Duration QUICK = Duration.ofSeconds(1);

    @Test
    void aScrapeWaitsForNobody(@TempDir Path directory) {
        try (var postgres = PostgresServer.of(18).start();
                var silent = HostileServer.silent();
                var garbage = HostileServer.garbage()) {
            postgres.createMonitor("highwater", "secret");
            var ports = new int[] {postgres.port(), silent.port(), garbage.port(), FreePort.next()};
            try (var agent = RunningAgent.start(directory, thirty(ports), Map.of("PG_PASSWORD", "secret"))) {
                assertThat(agent.get("/-/healthy").statusCode()).isEqualTo(200);
                agent.awaitReady();
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(ups(agent, 1)).isEqualTo(10));
                for (int i = 0; i < 20; i++) {
                    long before = System.nanoTime();
                    assertThat(ups(agent, 1) + ups(agent, 0)).isEqualTo(30);
                    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(QUICK.multipliedBy(2));
                }
                assertThat(agent.page("/"))
                        .contains("10 of 30 targets up")
                        .contains("timeout: ")
                        .contains("refused: ")
                        .contains("protocol: ");
            }
        }
    }

    private static long ups(RunningAgent agent, int value) {
        return agent.page("/metrics")
                .lines()
                .filter(line -> line.startsWith("pg_up{") && line.endsWith("} " + value))
                .count();
    }

    private static String thirty(int... ports) {
        var yaml = new StringBuilder("clusters:\n");
        for (int i = 0; i < 30; i++) {
            // A third answers; the others are hostile in turns.
            int port = i % 3 == 0 ? ports[0] : ports[1 + i / 3 % (ports.length - 1)];
            yaml.append("""
                      db-%d:
                        postgres:
                          nodes: { pg-1: "127.0.0.1:%d" }
                          passwordEnv: PG_PASSWORD
                    """.formatted(i, port));
        }
        return yaml.toString();
    }
}
