// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import static io.highwater.exporters.prometheus.Inputs.await;
import static io.highwater.exporters.prometheus.Inputs.value;

import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.Watched;
import io.highwater.lab.PrometheusServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of a pair of servers of which one is away, and of two programs of which one is away, as a whole. */
class ExpositionTest {

    private static PrometheusServer prometheus;
    private static Watched queries;
    private static Watched pages;

    @BeforeAll
    static void collect() {
        prometheus = PrometheusServer.scraping().start();
        queries = Inputs.watch(Inputs.queries(
                Map.of("prom-1", prometheus.url(), "prom-2", "http://127.0.0.1:1"),
                Map.of("one", "vector(1)", "wrong", "sum(")));
        pages = Inputs.watch(Inputs.pages(
                Map.of("prom-1", prometheus.url() + "/metrics", "gone", "http://127.0.0.1:1/metrics"), "go_info"));
        await().until(() -> queries.store().complete()
                && pages.store().complete()
                && value(queries, "", "one").isPresent());
    }

    @AfterAll
    static void stop() {
        queries.close();
        pages.close();
        prometheus.close();
    }

    private static ExposedPage ofQueries() {
        return new ExposedPage(queries.page(), new PrometheusExporter());
    }

    private static ExposedPage ofPages() {
        return new ExposedPage(pages.page(), new MetricsExporter());
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        ofQueries().isAsIn(ExpositionTest.class, "pair-of-servers.prom", "none", "none");
        ofPages().isAsIn(ExpositionTest.class, "two-programs.prom", "none", "none");
    }

    @Test
    void prometheusFindsNothingToSay() throws IOException, InterruptedException {
        ofQueries().isLinted();
        ofPages().isLinted();
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        ofQueries().isDeclared("apps");
        ofPages().isDeclared("apps");
    }

    @Test
    void everyFamilyIsThereButWhatALevelGives() {
        ofQueries().hasAllBut(List.of("ha_availability_objective", "ha_rpo_objective", "ha_rto_objective"));
        ofPages().hasAllBut(List.of("ha_availability_objective", "ha_rpo_objective", "ha_rto_objective"));
    }
}
