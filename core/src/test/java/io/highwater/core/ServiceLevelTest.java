// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted of attempts. */
class ServiceLevelTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Duration MOST = Duration.ofMillis(500);

    private final ServiceLevel level = new ServiceLevel(ServiceLevel.Families.of("probe"));

    private String at(long seconds) {
        var samples = Samples.of(new Target("shop", "probe", "api", Map.of()));
        level.addTo(samples, seconds * SECOND);
        return samples.toString().replace("{cluster=\"shop\",node=\"api\"}", "");
    }

    private void succeed(long second) {
        level.succeeded(second * SECOND, second * SECOND + SECOND / 10, MOST);
    }

    @Test
    void countsWhatSucceedsAndWhatOfItIsSlow() {
        succeed(1);
        level.succeeded(2 * SECOND, 3 * SECOND, MOST);
        assertThat(at(3))
                .contains("probe_attempts_total 2", "probe_successes_total 2", "probe_slow_total 1")
                .contains("probe_outage_seconds 0", "probe_outages_total 0", "probe_outage_seconds_total 0")
                .doesNotContain("last_outage", "failures");
    }

    @Test
    void anOutageLastsFromTheFirstQuestionToTheFirstAnswer() {
        succeed(1);
        level.failed(2 * SECOND, "timeout");
        level.failed(4 * SECOND, "refused");
        assertThat(at(5))
                .contains("probe_outage_seconds 3", "probe_outages_total 1", "probe_outage_seconds_total 3")
                .contains("reason=\"timeout\"} 1", "reason=\"refused\"} 1", "probe_attempts_total 3")
                .doesNotContain("last_outage");
        succeed(7);
        assertThat(at(30))
                .contains("probe_outage_seconds 0", "probe_last_outage_seconds 5.1", "probe_outage_seconds_total 5.1");
    }

    @Test
    void outagesAddUp() {
        for (int second = 0; second < 30; second += 10) {
            level.failed(second * SECOND, "status");
            succeed(second + 1);
        }
        assertThat(at(30)).contains("probe_outages_total 3", "probe_outage_seconds_total 3.3");
    }
}
