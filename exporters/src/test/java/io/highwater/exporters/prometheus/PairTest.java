// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import static io.highwater.exporters.prometheus.Inputs.await;
import static io.highwater.exporters.prometheus.Inputs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.Watched;
import io.highwater.lab.PageServer;
import io.highwater.lab.PrometheusServer;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two Prometheis that scrape the same, as they are run for availability. */
class PairTest {

    private static final Map<String, String> QUERIES = Map.of("depth", "sum(queue_depth)", "one", "vector(1)");

    private static PageServer program;
    private static PrometheusServer first;
    private static PrometheusServer second;

    @BeforeAll
    static void start() {
        program = PageServer.start().serve(200, "text/plain", "queue_depth 12\n");
        first = PrometheusServer.scraping(program.port()).start();
        second = PrometheusServer.scraping(program.port()).start();
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        program.close();
    }

    private static Watched watch(String one, String other) {
        return Inputs.watch(Inputs.queries(Map.of("prom-1", one, "prom-2", other), QUERIES));
    }

    @Test
    void oneIsEnoughAndTwoAreNoSum() {
        try (var watched = watch(first.url(), second.url())) {
            await().until(() -> is(12, value(watched, "", "depth")) && watched.is(1, "ha_quorum_margin"));
            assertThat(watched.value("ha_quorum_members", "state", "configured"))
                    .hasValue(2);
            assertThat(watched.value("ha_quorum_members", "state", "online")).hasValue(2);

            first.kill();
            await().until(() -> watched.is(0, "promql_up", "node", "prom-1"));
            assertThat(value(watched, "", "depth")).hasValue(12);
            assertThat(watched.value("ha_quorum_margin")).hasValue(0);
            assertThat(watched.value("promql_up", "node", "prom-2")).hasValue(1);

            program.serve(200, "text/plain", "queue_depth 13\n");
            await().until(() -> is(13, value(watched, "", "depth")));

            second.kill();
            await().until(() -> watched.is(-1, "ha_quorum_margin"));
            assertThat(value(watched, "", "depth")).isEmpty();

            first.start();
            await().until(() -> is(13, value(watched, "", "depth")));
        } finally {
            first.start();
            second.start();
            program.serve(200, "text/plain", "queue_depth 12\n");
        }
    }

    /** One that was just made, or cannot reach what it scrapes, answers as well, with nothing. */
    @Test
    void whoKnowsNothingDoesNotHideWhatTheOtherKnows() {
        try (var empty = PrometheusServer.scraping().start();
                var watched = watch(first.url(), empty.url())) {
            await().until(() -> value(watched, "", "depth").isPresent() && watched.is(1, "ha_quorum_margin"));
            int runs = watched.runs("prom-2", "queries");
            await().until(() -> {
                assertThat(value(watched, "", "depth")).isPresent();
                return watched.runs("prom-2", "queries") > runs + 3;
            });
            assertThat(value(watched, "", "one")).hasValue(1);
        }
    }

    private static boolean is(double value, OptionalDouble found) {
        return found.equals(OptionalDouble.of(value));
    }
}
