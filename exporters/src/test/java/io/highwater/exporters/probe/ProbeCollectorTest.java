// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Samples;
import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import io.highwater.lab.HostileServer;
import io.highwater.lab.ShopService;
import io.highwater.lab.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is counted of attempts, whoever tries. */
class ProbeCollectorTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Target TARGET = new Target("shop", "probe", "tried", Map.of());

    private static String collect(ProberSettings settings) throws InterruptedException {
        var samples = Samples.of(TARGET);
        try (var prober = settings.open(TARGET)) {
            new ProbeCollector(prober, Plans.of(settings, Duration.ofSeconds(1), TIMEOUT)).collect(samples);
        }
        return samples.toString();
    }

    @Test
    void aProbeThatCannotBeTriedFailsAndIsCounted() throws Exception {
        var nowhere = new ClientTls(
                Optional.of(Path.of("/nowhere/ca.crt")), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL);
        try (var server = HostileServer.playing(Step.receive())) {
            var settings = new TlsSettings("localhost:" + server.port(), StartTls.NONE, Optional.empty(), nowhere);

            assertThat(collect(settings))
                    .contains("probe_attempts_total")
                    .containsPattern("probe_failures_total\\{[^}]*reason=\"setup\"} 1")
                    .containsPattern("probe_outages_total\\{[^}]*} 1");
        }
    }

    private static JourneySettings journey(StepWish step) {
        var plain = new ClientTls(Optional.empty(), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL);
        return StepWish.journey(Map.of(), List.of(), plain, step);
    }

    @Test
    void aJourneyIsSlowWhenAStepIs() throws Exception {
        try (var shop = ShopService.start()) {
            var quote = StepWish.post("quote", shop.url() + "/quotes", "{\"item\": \"slow\", \"amount\": 1}");
            assertThat(collect(journey(quote))).containsPattern("probe_slow_total\\{[^}]*} 0");

            quote.slow = Optional.of(Duration.ofMillis(100));

            assertThat(collect(journey(quote))).containsPattern("probe_slow_total\\{[^}]*} 1");
        }
    }
}
