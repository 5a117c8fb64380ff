// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import io.highwater.core.tls.ClientTls.Verify;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileHttp;
import io.highwater.lab.HostileHttp2;
import io.highwater.lab.HostileServer;
import io.highwater.lab.Site.Flaw;
import io.highwater.lab.Sites;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that hang, lie, flood or die: each attempt ends with a reason and at its deadline. */
class HostileHttpTest {

    /** Long enough for a loaded machine to get to where the server is hostile. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final long GIGABYTE = 1L << 30;

    private static Sites sites;

    @BeforeAll
    static void makeCertificates() {
        sites = Sites.create();
    }

    @AfterAll
    static void end() {
        sites.close();
    }

    private static HttpWish wish(HostileServer server) {
        return new HttpWish("http://127.0.0.1:" + server.port() + "/");
    }

    private static Tried tried(HttpWish wish) {
        return Tried.once(wish.settings(), TIMEOUT);
    }

    record Case(String name, Supplier<HostileServer> server, FailureReason reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> servers() {
        return Stream.of(
                new Case("silent", HostileServer::silent, FailureReason.TIMEOUT),
                new Case("closing", HostileServer::closing, FailureReason.PROTOCOL),
                new Case("garbage", HostileServer::garbage, FailureReason.PROTOCOL),
                new Case("failing", HostileHttp::failing, FailureReason.STATUS),
                new Case("dying in body", HostileHttp::dyingInBody, FailureReason.PROTOCOL),
                new Case("hanging in body", HostileHttp::hangingInBody, FailureReason.TIMEOUT),
                new Case("dripping body", () -> HostileHttp.drippingBody(Duration.ofMillis(10)), FailureReason.TIMEOUT),
                new Case("endless body", HostileHttp::endlessBody, FailureReason.BODY),
                new Case("huge body", () -> HostileHttp.hugeBody(GIGABYTE), FailureReason.BODY),
                new Case("bomb", () -> HostileHttp.gzipBomb("a".repeat(10_000), 10_000), FailureReason.BODY),
                new Case("endless head", HostileHttp::endlessHead, FailureReason.PROTOCOL),
                new Case("redirect loop", HostileHttp::redirectLoop, FailureReason.REDIRECT));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everyAttemptEndsWithItsReason(Case of) {
        try (var server = of.server().get()) {
            long started = System.nanoTime();

            var tried = tried(wish(server));

            assertThat(tried.reason()).as(tried.message()).contains(of.reason());
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(TIMEOUT.plusSeconds(10));
        }
    }

    @Test
    void whatIsNoHttpIsNotQuoted() {
        try (var server = HostileServer.garbage()) {
            assertThat(tried(wish(server)).message()).endsWith("the answer breaks the form of HTTP");
        }
    }

    @Test
    void ofAnAnswerThatDoesNotEndItsHeadIsTold() {
        try (var server = HostileHttp.hangingInBody()) {
            var tried = tried(wish(server));

            assertThat(tried.value("probe_http_status_code")).hasValue(200);
            assertThat(tried.value("probe_http_content_length")).hasValue(1000);
            assertThat(tried.value("probe_http_duration_seconds", "phase=\"processing\""))
                    .isPresent();
            assertThat(tried.samples()).doesNotContain("phase=\"transfer\"");
        }
    }

    @Test
    void ofAGigabyteNoMoreIsTakenThanTheLimit() {
        try (var server = HostileHttp.hugeBody(GIGABYTE)) {
            var wish = wish(server);
            wish.bodyHas.add("end");
            var tried = tried(wish);

            assertThat(tried.value("probe_http_content_length")).hasValue(GIGABYTE);
            assertThat(tried.value("probe_http_uncompressed_body_length").orElseThrow())
                    .isLessThanOrEqualTo(wish.maxBytes + 8192.0);
        }
    }

    @Test
    void tenRedirectsAreFollowed() {
        try (var server = HostileHttp.redirectLoop()) {
            assertThat(tried(wish(server)).value("probe_http_redirects")).hasValue(10);
            assertThat(server.accepted()).isEqualTo(11);
        }
    }

    @Test
    void requestsThatAreResetOrSentAwayInHttp2AreProtocolFailures() {
        var site = sites.site(Flaw.NONE);
        try (var resetting = HostileHttp2.resetting(site);
                var inBody = HostileHttp2.resettingInBody(site);
                var away = HostileHttp2.goingAway(site)) {
            for (var server : new HostileServer[] {resetting, inBody, away}) {
                var wish = new HttpWish("https://localhost:" + server.port() + "/");
                wish.tls =
                        new ClientTls(Optional.of(sites.authority()), Optional.empty(), Optional.empty(), Verify.FULL);

                var tried = tried(wish);

                assertThat(tried.reason()).as(tried.message()).contains(FailureReason.PROTOCOL);
                assertThat(tried.value("probe_ssl_earliest_cert_expiry")).isPresent();
                assertThat(server.accepted()).as("asked once").isEqualTo(1);
            }
        }
    }

    @Test
    void whoIsNotThereIsToldFromWhoHasNoName() {
        assertThat(tried(new HttpWish("http://127.0.0.1:" + FreePort.next() + "/"))
                        .reason())
                .contains(FailureReason.REFUSED);

        var unknown = tried(new HttpWish("http://no-such-host.invalid/"));

        assertThat(unknown.reason()).contains(FailureReason.RESOLVE);
        assertThat(unknown.samples()).doesNotContain("probe_http");
    }

    @Test
    void anExpressionThatGoesBackWithoutEndIsCut() {
        try (var server = HostileHttp.answering(200, "a".repeat(60) + "!")) {
            var wish = wish(server);
            wish.bodyMatches.add(Pattern.compile("^(a|aa)+\\1$"));

            assertThat(tried(wish).reason()).contains(FailureReason.TIMEOUT);
        }
    }

    @Test
    void anAttemptThatIsCutEndsAtOnce() throws InterruptedException {
        try (var server = HostileServer.silent();
                var prober = wish(server).settings().open(new Target("shop", "probe", "cut", Map.of()))) {
            var attempt = Thread.ofVirtual().start(() -> Tried.with(prober, Duration.ofMinutes(5)));
            Awaitility.await().until(() -> server.accepted() == 1);

            prober.abort();

            assertThat(attempt.join(Duration.ofSeconds(30))).isTrue();
        }
    }
}
