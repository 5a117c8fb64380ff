// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.TextFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RegistryPagesTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter counter = registry.counter("drops");
    private final AtomicBoolean started = new AtomicBoolean(true);
    private final RegistryPages pages = new RegistryPages(registry, started::get);

    @Test
    void isRenderedOnceASecond() {
        var first = render();
        counter.increment();
        assertThat(render()).isSameAs(first);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(text()).contains("drops_total 1.0\n"));
    }

    @Test
    void isRenderedEachTimeWhileTheAgentStarts() {
        started.set(false);
        render();
        counter.increment();
        assertThat(text()).contains("drops_total 1.0\n");
    }

    @Test
    void eachFormatIsRenderedForItself() {
        assertThat(text()).contains("# TYPE drops_total counter");
        assertThat(new String(pages.render(TextFormat.OPENMETRICS, Set.of()), UTF_8))
                .contains("# TYPE drops counter")
                .doesNotContain("# EOF");
    }

    private String text() {
        return new String(render(), UTF_8);
    }

    private byte[] render() {
        return pages.render(TextFormat.PROMETHEUS, Set.of());
    }
}
