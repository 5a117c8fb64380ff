// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Secret;
import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import io.highwater.core.tls.ClientTls.Verify;
import io.highwater.lab.FreePort;
import io.highwater.lab.HaproxyServer;
import io.highwater.lab.NginxServer;
import io.highwater.lab.PageServer;
import io.highwater.lab.Site.Flaw;
import io.highwater.lab.Sites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An nginx with pages, redirects, a login and certificates good and flawed; a HAProxy in front of it that wants a client's
 * certificate.
 */
class HttpProberTest {

    private static final int PLAIN = FreePort.next();
    private static final int DEMANDING = FreePort.next();
    private static final Map<Flaw, Integer> SECURE = new EnumMap<>(Flaw.class);

    private static Sites sites;
    private static NginxServer nginx;
    private static HaproxyServer haproxy;
    private static PageServer elsewhere;

    @BeforeAll
    static void start() {
        sites = Sites.create();
        elsewhere = PageServer.start().serve(200, "text/plain", "elsewhere");
        var files = new HashMap<String, String>();
        var servers = new StringBuilder();
        for (var flaw : Flaw.values()) {
            SECURE.put(flaw, FreePort.next());
            files.put(flaw + ".crt", sites.site(flaw).chain());
            files.put(flaw + ".key", sites.site(flaw).key());
        }
        var pages = pages();
        servers.append("server { listen 127.0.0.1:%d; %s }\n".formatted(PLAIN, pages));
        SECURE.forEach((flaw, port) -> servers.append(
                "server { listen 127.0.0.1:%d ssl http2; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate %s.crt; ssl_certificate_key %s.key; %s }\n"
                        .formatted(port, flaw, flaw, pages)));
        files.put("file.txt", "a line of a file\n".repeat(1000));
        var ports = new ArrayList<>(SECURE.values());
        ports.add(PLAIN);
        nginx = NginxServer.start(
                servers.toString(),
                files,
                ports.stream().mapToInt(Integer::intValue).toArray());
        var proxied = new HashMap<>(sites.site(Flaw.NONE).together());
        proxied.put("ca.crt", sites.authorityText());
        haproxy = HaproxyServer.start("""
                frontend f
                    bind 127.0.0.1:%d ssl crt site.pem ca-file ca.crt verify required alpn h2,http/1.1
                    default_backend pages
                backend pages
                    server nginx 127.0.0.1:%d
                """.formatted(DEMANDING, PLAIN), proxied, DEMANDING);
    }

    @AfterAll
    static void stop() {
        haproxy.close();
        nginx.close();
        elsewhere.close();
        sites.close();
    }

    private static String pages() {
        return """
            location = /page { add_header X-Served-By one; default_type text/html; return 200 'all is well'; }
            location = /json { default_type application/json; return 200 '{"status":"UP","queue":{"depth":7},"a/b":[null,{"c":true}]}'; }
            location = /file { root ./; try_files /file.txt =404; gzip on; gzip_types text/plain; gzip_min_length 1; }
            location = /sorry { return 503 'later'; }
            location = /at-once { add_header Retry-After 0 always; return 503 'at once'; }
            location = /host { return 200 '$host'; }
            location = /agent { return 200 '$http_user_agent $http_x_request'; }
            location = /one { return 302 /two; }
            location = /two { return 301 /page; }
            location = /away { return 302 http://localhost:%d/headers; }
            location = /moved { return 307 http://localhost:%d/moved; }
            location = /posted { if ($request_method != POST) { return 405; } return 200 '$request_method'; }
            location = /see-other { return 303 /page; }
            location = /set-cookie { add_header Set-Cookie 'seen=yes; Path=/'; return 302 /cookie; }
            location = /cookie { return 200 'cookie $cookie_seen'; }
            location = /to-tls { return 301 https://localhost:%d/page; }
            location = /basic { if ($http_authorization != 'Basic dXNlcjpzZXNhbWU=') { return 401; } return 200 'in'; }
            location = /bearer { if ($http_authorization != 'Bearer sesame') { return 401; } return 200 'in'; }
            """.formatted(elsewhere.port(), elsewhere.port(), SECURE.get(Flaw.NONE));
    }

    private static HttpWish plain(String path) {
        return new HttpWish("http://127.0.0.1:" + PLAIN + path);
    }

    private static HttpWish secure(Flaw flaw, String path) {
        var wish = new HttpWish("https://localhost:" + SECURE.get(flaw) + path);
        wish.tls = tls(Verify.FULL);
        return wish;
    }

    private static ClientTls tls(Verify verify) {
        return new ClientTls(Optional.of(sites.authority()), Optional.empty(), Optional.empty(), verify);
    }

    private static Optional<Secret> secret(String value) {
        return Optional.of(new Secret("test", () -> value));
    }

    @Test
    void aPageIsToldByTheNamesThatTheBlackboxExporterHas() {
        var tried = plain("/page").tried();

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_http_status_code")).hasValue(200);
        assertThat(tried.value("probe_http_version")).hasValue(1.1);
        assertThat(tried.value("probe_http_ssl")).hasValue(0);
        assertThat(tried.value("probe_http_redirects")).hasValue(0);
        assertThat(tried.value("probe_http_content_length")).hasValue(11);
        assertThat(tried.value("probe_http_uncompressed_body_length")).hasValue(11);
        assertThat(tried.value("probe_failed_due_to_regex")).hasValue(0);
        assertThat(tried.value("probe_ip_protocol")).hasValue(4);
        assertThat(tried.value("probe_dns_lookup_time_seconds")).isPresent();
        for (var phase : List.of("resolve", "connect", "processing", "transfer")) {
            assertThat(tried.value("probe_http_duration_seconds", "phase=\"" + phase + "\""))
                    .as(phase)
                    .isPresent();
        }
        assertThat(tried.samples()).doesNotContain("phase=\"tls\"", "probe_ssl", "probe_http_last_modified");
    }

    @Test
    void overTlsItIsHttp2AndTheCertificatesAreTold() {
        var tried = secure(Flaw.NONE, "/page").tried();

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_http_version")).hasValue(2);
        assertThat(tried.value("probe_http_ssl")).hasValue(1);
        assertThat(tried.value("probe_tls_version_info", "version=\"TLS 1.3\"")).hasValue(1);
        assertThat(tried.value("probe_http_duration_seconds", "phase=\"tls\"").orElseThrow())
                .isPositive();
        assertThat(tried.value("probe_ssl_earliest_cert_expiry")).hasValue(expiry(Flaw.NONE));
        assertThat(tried.value("probe_ssl_last_chain_expiry_timestamp_seconds")).hasValue(expiry(Flaw.NONE));
    }

    private static double expiry(Flaw flaw) {
        return sites.site(flaw).expires().toEpochMilli() / 1e3;
    }

    @Test
    void certificatesThatAreRefusedAreToldAllTheSame() {
        for (var flaw : List.of(Flaw.EXPIRED, Flaw.WRONG_HOST, Flaw.BROKEN_CHAIN, Flaw.STRANGER)) {
            var tried = secure(flaw, "/page").tried();

            assertThat(tried.reason()).as("%s", flaw).contains(FailureReason.CERTIFICATE);
            assertThat(tried.value("probe_ssl_earliest_cert_expiry"))
                    .as("%s", flaw)
                    .hasValue(expiry(flaw));
            assertThat(tried.samples()).doesNotContain("probe_http_status_code", "last_chain_expiry");
        }
    }

    @Test
    void whoseCertificateIsWantedCanBeSaid() {
        var wish = secure(Flaw.WRONG_HOST, "/page");
        wish.serverName = Optional.of("elsewhere.internal");

        assertThat(wish.tried().failure()).isEmpty();
    }

    @Test
    void aServerThatWantsACertificateTakesOurs() {
        var wish = new HttpWish("https://localhost:" + DEMANDING + "/page");
        wish.tls = tls(Verify.FULL);

        var without = wish.tried();
        assertThat(without.reason()).as(without.message()).contains(FailureReason.CERTIFICATE);

        wish.tls = new ClientTls(
                Optional.of(sites.authority()),
                Optional.of(sites.clientCertificate()),
                Optional.of(sites.clientKey()),
                Verify.FULL);

        assertThat(wish.tried().failure()).isEmpty();
        assertThat(wish.tried().value("probe_http_version")).hasValue(2);
    }

    @Test
    void theVersionOfHttpCanBeDemanded() {
        var wish = secure(Flaw.NONE, "/page");
        wish.httpVersions = List.of("HTTP/2.0");
        assertThat(wish.tried().failure()).isEmpty();

        wish.http2 = false;
        assertThat(wish.tried().reason()).contains(FailureReason.PROTOCOL);
        assertThat(wish.tried().value("probe_http_version")).hasValue(1.1);
    }

    @Test
    void tlsCanBeDemandedOrForbidden() {
        var wish = plain("/page");
        wish.overTls = OverTls.REQUIRED;
        assertThat(wish.tried().reason()).contains(FailureReason.TLS);

        var secure = secure(Flaw.NONE, "/page");
        secure.overTls = OverTls.FORBIDDEN;
        assertThat(secure.tried().reason()).contains(FailureReason.TLS);
    }

    @Test
    void anotherStatusFailsAndIsTold() {
        var tried = plain("/sorry").tried();

        assertThat(tried.reason()).contains(FailureReason.STATUS);
        assertThat(tried.message()).contains("status 503 where 2xx is wanted");
        assertThat(tried.value("probe_http_status_code")).hasValue(503);
        assertThat(tried.value("probe_failed_due_to_regex")).hasValue(0);

        var wish = plain("/sorry");
        wish.status = List.of("200", "503");
        assertThat(wish.tried().failure()).isEmpty();
    }

    @Test
    void whoIsToAskAgainAtOnceDoesNot() {
        var tried = plain("/at-once").tried();

        assertThat(tried.value("probe_http_status_code")).hasValue(503);
        assertThat(tried.reason()).contains(FailureReason.STATUS);
    }

    @Test
    void headersAndTextsAreLookedAt() {
        var wish = plain("/page");
        wish.headerMatches.put("X-Served-By", Pattern.compile("^one$"));
        wish.headerMatchesNot.put("Server", Pattern.compile("apache"));
        wish.bodyHas.add("is well");
        wish.bodyMatches.add(Pattern.compile("w.ll$"));
        wish.bodyMatchesNot.add(Pattern.compile("error"));
        assertThat(wish.tried().failure()).isEmpty();

        wish.bodyMatches.add(Pattern.compile("very well"));
        assertThat(wish.tried().reason()).contains(FailureReason.BODY);
        assertThat(wish.tried().value("probe_failed_due_to_regex")).hasValue(1);

        wish.headerMatches.put("X-Absent", Pattern.compile(""));
        assertThat(wish.tried().reason()).contains(FailureReason.HEADER);
        assertThat(wish.tried().value("probe_failed_due_to_regex")).hasValue(1);
    }

    @Test
    void jsonIsLookedAtByPointers() {
        var wish = plain("/json");
        wish.json.putAll(
                Map.of("/status", "UP", "/queue/depth", "< 8", "/a~1b/1/c", "true", "/queue", "~", "/a~1b/0", "null"));
        assertThat(wish.tried().failure()).isEmpty();

        wish.json.put("/queue/depth", "< 7");
        assertThat(wish.tried().reason()).contains(FailureReason.BODY);
        assertThat(wish.tried().message()).contains("/queue/depth is \"7\" where < 7 is wanted");

        wish.json.put("/queue/depth", "> 1");
        wish.json.put("/status", "> 1");
        assertThat(wish.tried().message()).contains("/status is \"UP\"");
        wish.json.put("/status", "UP");
        wish.json.put("/queue/depth", "!= 7");
        assertThat(wish.tried().reason()).contains(FailureReason.BODY);

        var page = plain("/page");
        page.json.put("/status", "UP");
        assertThat(page.tried().reason()).contains(FailureReason.BODY);
    }

    @Test
    void whatIsCompressedIsToldAsItCameAndAsItIs() {
        var tried = plain("/file").tried();

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_http_uncompressed_body_length")).hasValue(17_000);
        assertThat(tried.value("probe_http_last_modified_timestamp_seconds").orElseThrow())
                .isGreaterThan(1.6e9);
        assertThat(tried.samples()).doesNotContain("probe_http_content_length"); // nginx compresses as it sends
    }

    @Test
    void aBodyThatIsTooLongFails() {
        var wish = plain("/file");
        wish.maxBytes = 16_999;

        assertThat(wish.tried().reason()).contains(FailureReason.BODY);
        assertThat(wish.tried().message()).contains("more than 16999 bytes");
        assertThat(wish.tried().value("probe_failed_due_to_regex")).hasValue(0);
        assertThat(wish.tried().samples()).doesNotContain("phase=\"transfer\"");
    }

    @Test
    void redirectsAreFollowedAndCounted() {
        var tried = plain("/one").tried();

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_http_redirects")).hasValue(2);
        assertThat(tried.value("probe_http_status_code")).hasValue(200);
    }

    @Test
    void orTheyAreTheAnswer() {
        var wish = plain("/one");
        wish.followRedirects = false;
        wish.status = List.of("302");

        var tried = wish.tried();

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_http_redirects")).hasValue(0);
    }

    @Test
    void aRedirectToAnotherServerIsFollowedOnlyWhenThatIsAllowed() {
        int before = elsewhere.requests().size();
        var refused = plain("/away").tried();

        assertThat(refused.reason()).contains(FailureReason.REDIRECT);
        assertThat(refused.message()).contains("localhost:" + elsewhere.port());
        assertThat(refused.value("probe_http_status_code")).hasValue(302);
        assertThat(elsewhere.requests()).hasSize(before);

        var wish = plain("/away");
        wish.followTo = List.of("localhost:" + elsewhere.port());
        wish.user = Optional.of("user");
        wish.password = secret("sesame");
        wish.headers.put("X-Key", "mine");

        assertThat(wish.tried().failure()).isEmpty();
        var heard = elsewhere.requests().getLast();
        assertThat(heard.header("authorization")).isEmpty();
        assertThat(heard.header("x-key")).isEmpty();
    }

    @Test
    void aBodyIsSentToNoOtherServer() {
        int before = elsewhere.requests().size();
        var wish = plain("/moved");
        wish.followTo = List.of("localhost:" + elsewhere.port());
        wish.method = HttpMethod.POST;
        wish.body = Optional.of("password=sesame");

        assertThat(wish.tried().reason()).contains(FailureReason.REDIRECT);
        assertThat(wish.tried().message()).contains("with its body").doesNotContain("sesame");
        assertThat(elsewhere.requests()).hasSize(before);

        wish.body = Optional.empty();
        assertThat(wish.tried().failure()).isEmpty();
    }

    @Test
    void aLoginThatTheServerSaysBackIsNotTold() {
        try (var echo = PageServer.start()
                .serve(200, "application/json", "{\"said\": \"%s Bearer sesame-of-old\"}".formatted("x".repeat(45)))) {
            var wish = new HttpWish(echo.url() + "/");
            wish.token = secret("sesame-of-old");
            wish.json.put("/said", "another");

            assertThat(wish.tried().reason()).contains(FailureReason.BODY);
            assertThat(wish.tried().message()).contains("***").doesNotContain("sesame");
        }
    }

    @Test
    void anotherPortOfTheSameHostIsAnotherServer() {
        var wish = new HttpWish("http://localhost:" + PLAIN + "/to-tls");
        wish.tls = tls(Verify.FULL);
        assertThat(wish.tried().reason()).contains(FailureReason.REDIRECT);

        wish.followTo = List.of("localhost:" + SECURE.get(Flaw.NONE));
        var tried = wish.tried();

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_http_ssl")).hasValue(1);
    }

    @Test
    void cookiesLastAsLongAsTheAttempt() {
        var wish = plain("/set-cookie");
        wish.bodyHas.add("cookie yes");
        assertThat(wish.tried().failure()).isEmpty();

        var later = plain("/cookie");
        later.bodyMatchesNot.add(Pattern.compile("yes"));
        assertThat(later.tried().failure()).isEmpty();
    }

    @Test
    void aRequestIsSentAsItIsWritten() {
        var posted = plain("/posted");
        assertThat(posted.tried().reason()).contains(FailureReason.STATUS);
        posted.method = HttpMethod.POST;
        posted.body = Optional.of("{}");
        posted.headers.put("Content-Type", "application/json");
        assertThat(posted.tried().failure()).isEmpty();

        var host = plain("/host");
        host.headers.put("Host", "shop.example");
        host.bodyHas.add("shop.example");
        assertThat(host.tried().failure()).isEmpty();

        var agent = plain("/agent");
        agent.headers.put("X-Request", "seven");
        agent.bodyHas.add("highwater seven");
        assertThat(agent.tried().failure()).isEmpty();
    }

    @Test
    void aRedirectAfterAPostIsAskedForWithGet() {
        var wish = plain("/see-other");
        wish.method = HttpMethod.POST;
        wish.body = Optional.of("{}");
        wish.bodyHas.add("all is well");

        assertThat(wish.tried().failure()).isEmpty();
    }

    @Test
    void loginsAreSent() {
        var basic = plain("/basic");
        assertThat(basic.tried().reason()).contains(FailureReason.STATUS);
        basic.user = Optional.of("user");
        basic.password = secret("sesame");
        assertThat(basic.tried().failure()).isEmpty();

        var bearer = plain("/bearer");
        bearer.token = secret("sesame");
        assertThat(bearer.tried().failure()).isEmpty();
    }

    @Test
    void aProxyIsTheOnlyOneThatIsAsked() {
        var wish = new HttpWish("http://pay.example/page");
        wish.proxy = Optional.of(new HttpProxy("http://127.0.0.1:" + PLAIN, Optional.empty(), Optional.empty()));

        assertThat(wish.tried().failure()).isEmpty();

        wish.ipProtocol = IpProtocol.IP6;
        wish.ipProtocolFallback = false;
        assertThat(wish.tried().reason()).contains(FailureReason.RESOLVE);
    }

    @Test
    void everyAttemptBeginsWithANewConnection() {
        try (var prober = secure(Flaw.NONE, "/page").settings().open(new Target("shop", "probe", "x", Map.of()))) {
            for (int i = 0; i < 3; i++) {
                var tried = Tried.with(prober, Duration.ofSeconds(20));

                assertThat(tried.failure()).isEmpty();
                assertThat(tried.value("probe_http_duration_seconds", "phase=\"connect\""))
                        .isPresent();
                assertThat(tried.value("probe_ssl_last_chain_expiry_timestamp_seconds"))
                        .isPresent();
            }
        }
    }
}
