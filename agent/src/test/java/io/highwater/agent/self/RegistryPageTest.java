// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryPageTest {

    private static final String COUNTER = """
            # TYPE requests counter
            # HELP requests Requests.
            requests_total{code="200"} 1.0
            """;
    private static final String GAUGE = """
            # TYPE depth gauge
            # UNIT depth meters
            depth 2.0
            """;

    private final RegistryPage page = new RegistryPage(COUNTER + GAUGE + "# EOF\n");

    @Test
    void leavesOutTheEndMarker() {
        assertThat(new String(page.whole(), UTF_8)).isEqualTo(COUNTER + GAUGE);
    }

    @Test
    void cutsOutFamiliesByTheNameOfTheirSamples() {
        assertThat(new String(page.only(Set.of("requests_total", "nothing")), UTF_8))
                .isEqualTo(COUNTER);
        assertThat(new String(page.only(Set.of("depth")), UTF_8)).isEqualTo(GAUGE);
        assertThat(page.only(Set.of("dept"))).isEmpty();
    }
}
