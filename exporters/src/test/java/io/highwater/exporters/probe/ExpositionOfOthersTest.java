// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.ExposedPage;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.postgres.PostgresNode;
import io.highwater.exporters.client.postgres.PostgresServers;
import io.highwater.exporters.client.postgres.SslMode;
import io.highwater.lab.DnsServer;
import io.highwater.lab.FreePort;
import io.highwater.lab.NginxServer;
import io.highwater.lab.PageServer;
import io.highwater.lab.PostgresServer;
import io.highwater.lab.Site;
import io.highwater.lab.Sites;
import io.highwater.lab.junit.PostgresServerExtension;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of one probe of each kind but HTTP's, as a whole: recorded series, Prometheus' own lint, declarations. */
class ExpositionOfOthersTest {

    @RegisterExtension
    static final PostgresServerExtension lab = new PostgresServerExtension(PostgresServer.of(18));

    private static final int SITE = FreePort.next();

    private static Sites sites;
    private static NginxServer nginx;
    private static DnsServer dns;
    private static PageServer chain;
    private static Watched watched;

    @BeforeAll
    static void watch() {
        lab.server().createMonitor("prober", "behind the address");
        sites = Sites.create();
        nginx = NginxServer.start(
                "server { listen 127.0.0.1:%d ssl; ssl_protocols TLSv1.3; ssl_certificate site.crt; ssl_certificate_key site.key; }"
                        .formatted(SITE),
                sites.site(Site.Flaw.NONE).files(),
                SITE);
        dns = DnsServer.start(
                "--auth-server=ns.zone.example,lo",
                "--auth-zone=zone.example,127.0.0.0/8",
                "--auth-soa=7,host.zone.example");
        chain = PageServer.start()
                .serve(
                        200,
                        "application/json",
                        "{\"height\": 7, \"current\": \"a\", \"peers\": 3, \"timestamp\": %d}"
                                .formatted(Instant.now().getEpochSecond()));
        var settings = new ProbeSettings(Map.of(
                "port", plan(tcp()),
                "site", plan(tls()),
                "vip", plan(vip()),
                "names", plan(names()),
                "ledger", plan(ledger()),
                "store", plan(store())));
        watched = Watched.by(new ProbeExporter(), "shop", settings, Duration.ofMillis(200));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> watched.lines("probe_success").size() == 6
                        && watched.store().complete());
    }

    @AfterAll
    static void stop() {
        watched.close();
        chain.close();
        dns.close();
        nginx.close();
        sites.close();
    }

    private static TcpSettings tcp() {
        return new TcpSettings(
                "127.0.0.1:" + SITE,
                Optional.empty(),
                StartTls.NONE,
                Optional.empty(),
                List.of(
                        new TcpSettings.Exchange(Optional.empty(), Optional.of("GET / HTTP/1.0\n"), false),
                        new TcpSettings.Exchange(Optional.of(Pattern.compile("400")), Optional.empty(), false)));
    }

    private static TlsSettings tls() {
        var trusting = new ClientTls(
                Optional.of(sites.authority()), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL);
        return new TlsSettings("localhost:" + SITE, StartTls.NONE, Optional.empty(), trusting);
    }

    private static VipSettings vip() {
        var node = new PostgresNode("127.0.0.1:" + lab.server().port(), PostgresNode.Replication.PHYSICAL);
        return new VipSettings(
                node.address(),
                new PostgresServers(
                        Map.of("pg-1", node),
                        "prober",
                        Optional.of(new Secret("test", () -> "behind the address")),
                        "postgres",
                        SslMode.DISABLE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                VipSettings.Role.PRIMARY);
    }

    private static DnsSettings names() {
        return new DnsWish(dns.address(), "zone.example", DnsType.SOA).settings();
    }

    private static ChainSettings ledger() {
        var endpoint = new ChainEndpoint(
                chain.url(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        return new ChainSettings(
                ChainSettings.Protocol.ARWEAVE,
                Map.of("gateway", endpoint),
                Optional.empty(),
                Optional.empty(),
                5,
                Optional.empty());
    }

    private static FileProbeSettings store() {
        return new FileProbeSettings(
                sites.authority(),
                FileProbeSettings.Content.PEM,
                Optional.empty(),
                Optional.of("0644"),
                Optional.empty(),
                Duration.ZERO);
    }

    private static ProbePlan plan(ProberSettings settings) {
        return Plans.of(settings, Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    private static ExposedPage page() {
        return new ExposedPage(watched.page(), new ProbeExporter());
    }

    @Test
    void allSucceed() {
        assertThat(watched.lines("probe_success"))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).endsWith(" 1"));
    }

    @Test
    void theSeriesAreTheRecordedOnes() throws IOException {
        page().isAsIn(
                        ExpositionOfOthersTest.class,
                        "one-of-each-but-http.prom",
                        "probe_(failures_total|last_outage_seconds|ip_protocol)",
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
