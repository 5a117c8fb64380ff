// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import static io.highwater.exporters.prometheus.Inputs.await;
import static io.highwater.exporters.prometheus.Inputs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import io.highwater.core.tls.ClientTls.Verify;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.http.HttpAccess;
import io.highwater.lab.LabTls;
import io.highwater.lab.PageServer;
import io.highwater.lab.PrometheusPlan;
import io.highwater.lab.PrometheusServer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who we say we are, and whom we believe. */
class LoginsTest {

    private static final String ANSWER =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"7\"]}}";

    private static LabTls tls;
    private static PrometheusServer secured;
    private static PageServer proxy;

    @BeforeAll
    static void start() {
        tls = LabTls.create();
        secured = PrometheusServer.scraping().tls(tls).withLogin().start();
        proxy = PageServer.start().serve(200, "application/json", ANSWER);
    }

    @AfterAll
    static void stop() {
        secured.close();
        proxy.close();
        tls.close();
    }

    private static Optional<ClientTls> trusting(LabTls authority, Verify verify) {
        return Optional.of(
                new ClientTls(Optional.of(authority.authority()), Optional.empty(), Optional.empty(), verify));
    }

    private static Watched ask(String url, HttpAccess as, Optional<ClientTls> trust) {
        return Inputs.watch(
                Inputs.queries(Map.of("prom-1", url), Map.of("one", "vector(7)", "two", "vector(2)"), as, trust));
    }

    private static Watched fetch(String url, HttpAccess as, Optional<ClientTls> trust) {
        return Inputs.watch(Inputs.pages(Map.of("prom-1", url + "/metrics"), as, trust, "go_goroutines"));
    }

    private static HttpAccess right() {
        return Inputs.login(PrometheusPlan.USER, PrometheusPlan.PASSWORD);
    }

    private static void fails(Watched watched, String collector, Reason reason, String secret) {
        try (watched) {
            await().until(() -> watched.outcome("prom-1", collector).isPresent());
            assertThat(watched.outcome("prom-1", collector).orElseThrow())
                    .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                        assertThat(failed.reason()).as(failed.message()).isEqualTo(reason);
                        assertThat(failed.message()).doesNotContain(secret);
                    });
        }
    }

    @Test
    void theRightLoginOverTlsIsLetIn() {
        try (var queries = ask(secured.url(), right(), trusting(tls, Verify.FULL));
                var page = fetch(secured.url(), right(), trusting(tls, Verify.FULL))) {
            await().until(() -> value(queries, "", "one").isPresent()
                    && value(page, "prom-1", "go_goroutines").isPresent());
        }
    }

    @Test
    void aWrongPasswordIsAuthAndIsShownNowhere() {
        var wrong = Inputs.login(PrometheusPlan.USER, "wrong-horse");
        fails(ask(secured.url(), wrong, trusting(tls, Verify.FULL)), "queries", Reason.AUTH, "wrong-horse");
        fails(fetch(secured.url(), wrong, trusting(tls, Verify.FULL)), "scrape", Reason.AUTH, "wrong-horse");
        fails(ask(secured.url(), Inputs.NOBODY, trusting(tls, Verify.FULL)), "queries", Reason.AUTH, "horse");
        assertThat(Inputs.queries(Map.of("a", "http://b"), Map.of("c", "d"), wrong, Optional.empty())
                        .toString())
                .doesNotContain("wrong-horse");
    }

    @Test
    void anotherAuthorityOrAnotherNameIsNotBelieved() {
        var stranger = Optional.of(
                new ClientTls(Optional.of(tls.clientCertificate()), Optional.empty(), Optional.empty(), Verify.FULL));
        fails(ask(secured.url(), right(), stranger), "queries", Reason.AUTH, "horse");
        try (var other = PageServer.startAsAnother(tls).serve(200, "text/plain", "go_goroutines 1\n")) {
            fails(fetch(other.url(), right(), trusting(tls, Verify.FULL)), "scrape", Reason.AUTH, "horse");
            assertThat(other.requests()).as("nobody is shown the password").isEmpty();
            try (var careless = fetch(other.url(), right(), trusting(tls, Verify.CA))) {
                await().until(() -> value(careless, "prom-1", "go_goroutines").isPresent());
            }
        }
    }

    @Test
    void aTokenIsSentAsItIsNow() {
        var current = new AtomicReference<>("first-token");
        try (var demanding = PageServer.start().serve(200, "application/json", ANSWER);
                var watched = ask(
                        demanding.demand("Bearer first-token").url(),
                        Inputs.token(new Secret("file /run/token", current::get)),
                        Optional.empty())) {
            await().until(() -> value(watched, "", "one").isPresent());
            demanding.demand("Bearer second-token");
            await().until(() -> watched.reason("prom-1", "queries").equals(Optional.of(Reason.AUTH)));
            current.set("second-token");
            await().until(() -> watched.reason("prom-1", "queries").isEmpty());
        }
    }

    @Test
    void aSecretThatCannotBeReadOrSentIsAuth() {
        var missing = new Secret("file /run/token", () -> {
            throw new IllegalStateException("file /run/token: does not exist");
        });
        fails(ask(proxy.url(), Inputs.token(missing), Optional.empty()), "queries", Reason.AUTH, "horse");
        var broken = Inputs.secret("two\nlines");
        fails(ask(proxy.url(), Inputs.token(broken), Optional.empty()), "queries", Reason.AUTH, "lines");
    }

    /** What a proxy in front has to let through is this alone. */
    @Test
    void oneWayToAskIsAllThatIsNeeded() {
        var tenant =
                new HttpAccess(Optional.empty(), Optional.empty(), Optional.empty(), Map.of("X-Scope-OrgID", "team-a"));
        int before = proxy.requests().size();
        try (var watched = ask(proxy.url() + "/prometheus/", tenant, Optional.empty())) {
            await().until(() -> value(watched, "", "one").isPresent() && watched.runs("prom-1", "queries") > 2);
        }
        var asked = proxy.requests().subList(before, proxy.requests().size());
        assertThat(asked).isNotEmpty().allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/prometheus/api/v1/query");
            assertThat(request.header("x-scope-orgid")).hasValue("team-a");
            assertThat(request.header("authorization")).isEmpty();
            assertThat(request.header("content-type").orElseThrow()).startsWith("application/x-www-form-urlencoded");
            assertThat(request.body()).matches("query=vector%28[27]%29&timeout=1000ms&lookback_delta=4000ms");
        });
    }
}
