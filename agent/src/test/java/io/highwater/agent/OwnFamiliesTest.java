// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.highwater.agent.scaling.ScalingOptions;
import io.highwater.agent.self.OwnFamily;
import io.highwater.scaler.keda.KedaOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent says of itself is declared, in the same words. */
class OwnFamiliesTest {

    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (highwater_\\S+) (.*)$");

    @Test
    void everyFamilyOnThePageIsDeclaredWithItsHelp(@TempDir Path directory) {
        var declared = OwnFamily.all().stream().collect(toMap(OwnFamily::name, OwnFamily::help));
        try (var agent = RunningAgent.start(directory, YAML, Map.of(), keda())) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> agent.page("/metrics").contains("highwater_signal_quality"));
            var shown = HELP.matcher(agent.page("/metrics"))
                    .results()
                    .filter(line -> !line.group(1).endsWith("_max")) // Micrometer gives it the words of its summary
                    .collect(toMap(line -> line.group(1), line -> line.group(2)));

            assertThat(declared).containsAllEntriesOf(shown);
            assertThat(shown).containsKeys("highwater_keda_streams", "highwater_policy_held");
        }
    }

    private static ScalingOptions keda() {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new ScalingOptions(
                Optional.empty(), Optional.of(KedaOptions.of(anyPort, Optional.empty())), false, Optional.empty());
    }

    private static final String YAML = """
            clusters:
              apps: { prometheus: { servers: { p: "http://127.0.0.1:1" }, queries: { rps: "sum(up)" } } }
            signals: { rps: { query: rps } }
            policies: { gateway: { scale: city/deployment/gateway, max: 3, inputs: [{ signal: rps, perReplica: 1 }] } }
            """;
}
