// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.web.Request;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeDeadlineTest {

    private final ProbeDeadline deadline = new ProbeDeadline(Duration.ofMillis(500));

    @ParameterizedTest
    @CsvSource({"10, 9500", "1.25, 750", "0.5, 500", "0.2, 200", "1e9, 59500", "Infinity, 59500"})
    void endsBeforePrometheusGivesUp(String header, long millis) {
        assertThat(deadline.of(asking(Map.of(key(), List.of(header))))).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "0", "-1", "NaN"})
    void refusesWhatIsNoTime(String header) {
        assertThat(deadline.of(asking(Map.of(key(), List.of(header))))).isEqualTo(Optional.empty());
    }

    @Test
    void hasATimeOfItsOwn() {
        assertThat(deadline.of(asking(Map.of()))).contains(Duration.ofSeconds(10));
    }

    private static String key() {
        return "x-prometheus-scrape-timeout-seconds";
    }

    private static Request asking(Map<String, List<String>> headers) {
        return new Request(
                "GET",
                "/probe",
                "/probe",
                Map.of(),
                headers,
                InetSocketAddress.createUnresolved("localhost", 1),
                List.of());
    }
}
