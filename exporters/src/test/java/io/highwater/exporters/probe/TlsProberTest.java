// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import io.highwater.core.tls.ClientTls.Verify;
import io.highwater.lab.FreePort;
import io.highwater.lab.HaproxyServer;
import io.highwater.lab.HostileServer;
import io.highwater.lab.NginxServer;
import io.highwater.lab.Site.Flaw;
import io.highwater.lab.Sites;
import io.highwater.lab.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An nginx that shows good and flawed certificates, one on each port; a HAProxy that wants one of its clients. */
class TlsProberTest {

    private static final Map<Flaw, Integer> PORTS = new EnumMap<>(Flaw.class);
    private static final int DEMANDING = FreePort.next();

    private static Sites sites;
    private static NginxServer nginx;
    private static HaproxyServer haproxy;

    @BeforeAll
    static void start() {
        sites = Sites.create();
        var servers = new StringBuilder();
        var files = new HashMap<String, String>();
        for (var flaw : Flaw.values()) {
            int port = FreePort.next();
            PORTS.put(flaw, port);
            files.put(flaw + ".crt", sites.site(flaw).chain());
            files.put(flaw + ".key", sites.site(flaw).key());
            servers.append(
                    "server { listen 127.0.0.1:%d ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate %s.crt; ssl_certificate_key %s.key; }\n"
                            .formatted(port, flaw, flaw));
        }
        nginx = NginxServer.start(
                servers.toString(),
                files,
                PORTS.values().stream().mapToInt(Integer::intValue).toArray());
        var proxied = new HashMap<>(sites.site(Flaw.NONE).together());
        proxied.put("ca.crt", sites.authorityText());
        haproxy = HaproxyServer.start(
                "frontend f\n    bind 127.0.0.1:%d ssl crt site.pem ca-file ca.crt verify required\n"
                        .formatted(DEMANDING),
                proxied,
                DEMANDING);
    }

    @AfterAll
    static void stop() {
        haproxy.close();
        nginx.close();
        sites.close();
    }

    private static int port(Flaw flaw) {
        return Objects.requireNonNull(PORTS.get(flaw));
    }

    private static ClientTls tls(Verify verify) {
        return new ClientTls(Optional.of(sites.authority()), Optional.empty(), Optional.empty(), verify);
    }

    private static TlsSettings settings(int port, ClientTls tls) {
        return new TlsSettings("localhost:" + port, StartTls.NONE, Optional.empty(), tls);
    }

    private static Tried tried(Flaw flaw, Verify verify) {
        return Tried.once(settings(port(flaw), tls(verify)));
    }

    private static Tried tried(Flaw flaw) {
        return tried(flaw, Verify.FULL);
    }

    private static double expiry(Flaw flaw) {
        return sites.site(flaw).expires().toEpochMilli() / 1e3;
    }

    @Test
    void aGoodCertificateIsToldWithItsPath() {
        var tried = tried(Flaw.NONE);

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_ssl_earliest_cert_expiry")).hasValue(expiry(Flaw.NONE));
        assertThat(tried.value("probe_ssl_last_chain_expiry_timestamp_seconds")).hasValue(expiry(Flaw.NONE));
        assertThat(tried.value("probe_tls_version_info", "version=\"TLS 1.3\"")).hasValue(1);
        assertThat(tried.value("probe_ssl_last_chain_info", "subjectalternative=\"127.0.0.1,localhost\""))
                .isPresent();
        assertThat(tried.value("probe_tcp_duration_seconds", "phase=\"tls\"").orElseThrow())
                .isPositive();
        assertThat(tried.value("probe_ip_protocol").orElseThrow()).isIn(4.0, 6.0);
    }

    @Test
    void anExpiredOneIsToldThoughItIsRefused() {
        var tried = tried(Flaw.EXPIRED);

        assertThat(tried.reason()).contains(FailureReason.CERTIFICATE);
        assertThat(tried.value("probe_ssl_earliest_cert_expiry")).hasValue(expiry(Flaw.EXPIRED));
        assertThat(tried.samples()).doesNotContain("probe_ssl_last_chain_expiry_timestamp_seconds");
    }

    @Test
    void oneThatExpiresSoonIsToldAndDoesNotFail() {
        var tried = tried(Flaw.EXPIRES_SOON);

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_ssl_earliest_cert_expiry")).hasValue(expiry(Flaw.EXPIRES_SOON));
    }

    @Test
    void anotherHostsABrokenChainAndAStrangersAreRefusedAndTold() {
        for (var flaw : new Flaw[] {Flaw.WRONG_HOST, Flaw.BROKEN_CHAIN, Flaw.STRANGER}) {
            var tried = tried(flaw);

            assertThat(tried.reason()).as("%s", flaw).contains(FailureReason.CERTIFICATE);
            assertThat(tried.value("probe_ssl_earliest_cert_expiry")).hasValue(expiry(flaw));
        }
    }

    @Test
    void whatIsNotCheckedIsNotRefused() {
        assertThat(tried(Flaw.WRONG_HOST, Verify.CA).failure()).isEmpty();
        assertThat(tried(Flaw.STRANGER, Verify.NONE).failure()).isEmpty();
    }

    @Test
    void aServerNameIsWhatTheCertificateIsComparedWith() {
        var settings = new TlsSettings(
                "127.0.0.1:" + port(Flaw.WRONG_HOST),
                StartTls.NONE,
                Optional.of("elsewhere.internal"),
                tls(Verify.FULL));

        assertThat(Tried.once(settings).failure()).isEmpty();
    }

    @Test
    void aServerThatWantsACertificateRefusesWhoHasNone() {
        var tried = Tried.once(settings(DEMANDING, tls(Verify.FULL)));

        assertThat(tried.reason()).contains(FailureReason.CERTIFICATE);
        assertThat(tried.value("probe_ssl_earliest_cert_expiry")).hasValue(expiry(Flaw.NONE));
    }

    @Test
    void withOurCertificateItDoesNot() {
        var ours = new ClientTls(
                Optional.of(sites.authority()),
                Optional.of(sites.clientCertificate()),
                Optional.of(sites.clientKey()),
                Verify.FULL);

        assertThat(Tried.once(settings(DEMANDING, ours)).failure()).isEmpty();
    }

    @Test
    void everyHandshakeIsANewOne() {
        try (var prober =
                settings(port(Flaw.NONE), tls(Verify.FULL)).open(new Target("shop", "probe", "tls", Map.of()))) {
            for (int i = 0; i < 3; i++) {
                assertThat(Tried.with(prober, Duration.ofSeconds(20)).samples())
                        .contains("probe_ssl_last_chain_expiry_timestamp_seconds");
            }
        }
    }

    @Test
    void aServerWithoutTlsIsATlsFailure() {
        try (var server = HostileServer.playing(Step.receive(), Step.send("220 hello\r\n".getBytes(US_ASCII)))) {
            assertThat(Tried.once(settings(server.port(), tls(Verify.FULL))).reason())
                    .contains(FailureReason.TLS);
        }
    }

    @Test
    void aHandshakeThatHangsOrDripsIsATimeout() {
        try (var silent = HostileServer.silent();
                var dripping = HostileServer.dripping(Duration.ofMillis(50), new byte[] {22, 3, 3, 1, 0, 2, 0, 0, 9})) {
            for (var server : new HostileServer[] {silent, dripping}) {
                var tried = Tried.once(settings(server.port(), tls(Verify.FULL)), Duration.ofMillis(400));

                assertThat(tried.reason()).contains(FailureReason.TIMEOUT);
                assertThat(tried.value("probe_tcp_duration_seconds", "phase=\"connect\""))
                        .isPresent();
            }
        }
    }

    @Test
    void aPostgresIsAskedForTlsInItsOwnWay() {
        var site = sites.site(Flaw.NONE);
        try (var willing = HostileServer.playing(
                        Step.receive(), Step.send((byte) 'S'), Step.overTls(site.context(), "x", Step.receive()));
                var unwilling = HostileServer.playing(Step.receive(), Step.send((byte) 'N'));
                var another = HostileServer.playing(Step.receive(), Step.send((byte) 'H'))) {
            assertThat(postgres(willing).failure()).isEmpty();
            assertThat(postgres(unwilling).reason()).contains(FailureReason.TLS);
            assertThat(postgres(unwilling).message()).contains("no TLS");
            assertThat(postgres(another).reason()).contains(FailureReason.PROTOCOL);
        }
    }

    private static Tried postgres(HostileServer server) {
        return Tried.once(
                new TlsSettings("localhost:" + server.port(), StartTls.POSTGRES, Optional.empty(), tls(Verify.FULL)));
    }
}
