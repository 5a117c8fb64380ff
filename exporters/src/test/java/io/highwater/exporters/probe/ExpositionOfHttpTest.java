// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.Watched;
import io.highwater.lab.FreePort;
import io.highwater.lab.NginxServer;
import io.highwater.lab.Site;
import io.highwater.lab.Sites;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of probes by HTTP, one that fails and a journey among them: recorded series, Prometheus' lint, declarations. */
class ExpositionOfHttpTest {

    private static final int PORT = FreePort.next();

    private static Sites sites;
    private static NginxServer nginx;
    private static Watched watched;

    @BeforeAll
    static void watch() {
        sites = Sites.create();
        var files = new HashMap<>(sites.site(Site.Flaw.NONE).files());
        files.put("page.txt", "all is well\n");
        nginx = NginxServer.start("""
                server {
                    listen 127.0.0.1:%d ssl http2;
                    ssl_protocols TLSv1.3; ssl_certificate site.crt; ssl_certificate_key site.key;
                    root ./;
                }
                """.formatted(PORT), files, PORT);
        var step = new StepWish("page", url("/page.txt"));
        step.slow = Optional.of(Duration.ofSeconds(5));
        var settings = new ProbeSettings(Map.of(
                "page", plan(http("/page.txt")),
                "nothing", plan(http("/nothing")),
                "journey", plan(journey(step, new StepWish("nothing", url("/nothing"))))));
        watched = Watched.by(new ProbeExporter(), "shop", settings, Duration.ofMillis(200));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> watched.lines("probe_success").size() == 3
                        && watched.store().complete());
    }

    @AfterAll
    static void stop() {
        watched.close();
        nginx.close();
        sites.close();
    }

    private static String url(String path) {
        return "https://localhost:" + PORT + path;
    }

    private static ClientTls tls() {
        return new ClientTls(Optional.of(sites.authority()), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL);
    }

    private static HttpSettings http(String path) {
        var wish = new HttpWish(url(path));
        wish.tls = tls();
        return wish.settings();
    }

    private static JourneySettings journey(StepWish... steps) {
        return StepWish.journey(Map.of(), List.of(), tls(), steps);
    }

    private static ProbePlan plan(ProberSettings settings) {
        return Plans.of(settings, Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    private static ExposedPage page() {
        return new ExposedPage(watched.page(), new ProbeExporter());
    }

    @Test
    void theyEndAsTheyShould() {
        assertThat(watched.is(1, "probe_success", "node", "page")).isTrue();
        assertThat(watched.is(0, "probe_success", "node", "nothing")).isTrue();
        assertThat(watched.is(404, "probe_http_status_code", "node", "nothing")).isTrue();
        assertThat(watched.is(1, "probe_journey_step_success", "node", "journey", "step", "page"))
                .isTrue();
        assertThat(watched.is(0, "probe_journey_step_success", "node", "journey", "step", "nothing"))
                .isTrue();
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        page().isAsIn(
                        ExpositionOfHttpTest.class,
                        "http-and-a-journey.prom",
                        "probe_(last_outage_seconds|ip_protocol)",
                        "(?<=(fingerprint_sha256|serialnumber)=\")[0-9a-f]+");
    }

    @Test
    void prometheusFindsNothingToSayButOfNamesThatOthersMadeKnown() throws IOException, InterruptedException {
        page().isLinted();
    }

    @Test
    void everySeriesIsDeclaredWithItsLabels() {
        page().isDeclared("shop");
    }
}
