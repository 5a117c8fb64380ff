// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is refused of a probe's plan, and by which key. */
class ProbePlanTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final HttpSettings HTTP = new HttpWish("http://pay.example/").settings();

    private static ProbePlan plan(Optional<HttpSettings> http, Optional<DnsSettings> dns, Optional<Duration> slow) {
        return new ProbePlan(
                http,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                dns,
                Optional.empty(),
                Optional.empty(),
                SECOND,
                SECOND,
                slow);
    }

    @Test
    void aProbeIsOfOneKind() {
        var dns = new DnsWish("ns.example", "pay.example", DnsType.A).settings();

        assertThatThrownBy(() -> plan(Optional.empty(), Optional.empty(), Optional.empty()))
                .hasMessageStartingWith("write one of http, ");
        assertThatThrownBy(() -> plan(Optional.of(HTTP), Optional.of(dns), Optional.empty()))
                .hasMessageStartingWith("write one of http, ");
    }

    @Test
    void timesThatCannotBeAreRefused() {
        var shorter = Duration.ofMillis(49);

        assertThatThrownBy(() -> Plans.of(HTTP, shorter, SECOND)).hasMessageStartingWith("interval: ");
        assertThatThrownBy(() -> Plans.of(HTTP, SECOND, shorter)).hasMessageStartingWith("timeout: ");
        assertThatThrownBy(() -> plan(Optional.of(HTTP), Optional.empty(), Optional.of(SECOND.plusMillis(1))))
                .hasMessageStartingWith("slow: ");
    }
}
