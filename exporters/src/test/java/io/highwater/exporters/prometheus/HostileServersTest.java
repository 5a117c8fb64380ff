// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import static io.highwater.exporters.prometheus.Inputs.await;
import static io.highwater.exporters.prometheus.Inputs.series;
import static io.highwater.exporters.prometheus.Inputs.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Reason;
import io.highwater.exporters.Silence;
import io.highwater.exporters.Watched;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileHttp;
import io.highwater.lab.HostileServer;
import io.highwater.lab.PrometheusServer;
import io.highwater.lab.TcpProxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse, hang, lie or die, beside a true one, and all of them asked at the same time. */
@Isolated("nobody else may print")
class HostileServersTest {

    @RegisterExtension
    static final Silence silence = new Silence();

    private static final String TRUE_ONE = "true";

    private static final Map<String, HostileServer> hostile = new LinkedHashMap<>();
    private static PrometheusServer prometheus;
    private static Watched queries;
    private static Watched pages;

    @BeforeAll
    static void watchThemAll() {
        prometheus = PrometheusServer.scraping().start();
        hostile.put("silent", HostileServer.silent());
        hostile.put("closing", HostileServer.closing());
        hostile.put("garbage", HostileServer.garbage());
        hostile.put("failing", HostileHttp.failing());
        hostile.put("wanting a login", HostileHttp.answering(401, "{}"));
        hostile.put("truncated", HostileHttp.truncatedJson());
        hostile.put("array", HostileHttp.answering(200, "[]"));
        hostile.put("another program", HostileHttp.answering(200, "{}"));
        hostile.put("page of people", HostileHttp.answering(200, "<html><body>Sign in</body></html>"));
        hostile.put("dying in body", HostileHttp.dyingInBody());
        hostile.put("hanging in body", HostileHttp.hangingInBody());
        hostile.put("dripping", HostileHttp.drippingBody(Duration.ofMillis(10)));
        hostile.put("endless", HostileHttp.endlessBody());
        hostile.put("bomb", HostileHttp.gzipBomb("{\"status\":\"success\",\"data\":[" + "[1],".repeat(10_000), 1000));
        hostile.put("bomb of a page", HostileHttp.gzipBomb("up 1 1\n".repeat(10_000), 1000));
        var servers = new LinkedHashMap<String, String>();
        hostile.forEach((name, server) -> servers.put(name, "http://127.0.0.1:" + server.port()));
        servers.put("closed", "http://127.0.0.1:" + FreePort.next());
        servers.put("unknown", "http://no-such-host.invalid");
        servers.put(TRUE_ONE, prometheus.url());
        queries = Inputs.watch(
                Inputs.queries(servers, Map.of("one", "vector(1)", "two", "vector(2)", "three", "time()")));
        servers.replaceAll((_, url) -> url + "/metrics");
        pages = Inputs.watch(Inputs.pages(servers, "go_goroutines"));
    }

    @AfterAll
    static void end() {
        queries.close();
        pages.close();
        prometheus.close();
        hostile.values().forEach(HostileServer::close);
    }

    static Stream<Object[]> hostileServers() {
        return Stream.of(new Object[][] {
            {"silent", Reason.TIMEOUT},
            {"closing", Reason.PROTOCOL},
            {"garbage", Reason.PROTOCOL},
            {"failing", Reason.PROTOCOL},
            {"wanting a login", Reason.AUTH},
            {"truncated", Reason.PROTOCOL},
            {"array", Reason.PROTOCOL},
            {"another program", Reason.PROTOCOL},
            {"page of people", Reason.PROTOCOL},
            {"dying in body", Reason.PROTOCOL},
            {"hanging in body", Reason.TIMEOUT},
            {"bomb", Reason.PROTOCOL},
            {"bomb of a page", Reason.PROTOCOL},
            {"closed", Reason.REFUSED},
            {"unknown", Reason.REFUSED},
        });
    }

    @ParameterizedTest
    @MethodSource("hostileServers")
    void whoFailsItsClientsIsDownAlone(String name, Reason reason) {
        isDown(queries, "queries", "promql_up", name, reason);
        isDown(pages, "scrape", "metrics_endpoint_up", name, reason);
    }

    private static void isDown(Watched watched, String collector, String up, String name, Reason reason) {
        await().until(() -> watched.reason(name, collector).equals(Optional.of(reason))
                // One that may not log in is asked less and less.
                && watched.runs(name, collector) >= (reason == Reason.AUTH ? 2 : 3));
        assertThat(watched.page().lines().filter(line -> line.contains("node=\"" + name + "\"")))
                .containsExactly(up + "{cluster=\"apps\",node=\"" + name + "\"} 0");
        assertThat(series(watched, name)).isEmpty();
    }

    /** How far they come until their deadline depends on the machine. */
    @ParameterizedTest
    @ValueSource(strings = {"endless", "dripping"})
    void aBodyWithoutAnEndIsCut(String name) {
        for (var watched : new Watched[] {queries, pages}) {
            var collector = watched == queries ? "queries" : "scrape";
            await().until(() -> watched.runs(name, collector) >= 3);
            assertThat(watched.reason(name, collector).orElseThrow()).isIn(Reason.TIMEOUT, Reason.PROTOCOL);
        }
    }

    @Test
    void theTrueOneAmongThemIsAsItIs() {
        await().until(() -> value(queries, "", "two").isPresent()
                && value(pages, TRUE_ONE, "go_goroutines").isPresent());
        assertThat(value(queries, "", "one")).hasValue(1);
        assertThat(queries.value("promql_up", "node", TRUE_ONE)).hasValue(1);
        assertThat(pages.value("metrics_endpoint_up", "node", TRUE_ONE)).hasValue(1);
        assertThat(queries.value("ha_quorum_members", "state", "online")).hasValue(1);
        assertThat(queries.value("ha_quorum_margin")).hasValue(0);
    }

    @Test
    void messagesAreForPeople() {
        await().until(() -> queries.store().complete() && pages.store().complete());
        queries.assertMessagesAreForPeople();
        pages.assertMessagesAreForPeople();
        assertThat(pages.outcome("unknown", "scrape").toString())
                .contains("there is no such host: no-such-host.invalid");
    }

    @Test
    void aBombIsRefusedByWhatItIsUncompressed() {
        await().until(() -> pages.outcome("bomb of a page", "scrape").toString().contains("more than 1048576 bytes"));
        await().until(() -> pages.outcome("endless", "scrape").toString().contains("more than 1048576 bytes"));
    }

    /** Ten queries every 300 ms, and a page. */
    @Test
    void twoConnectionsToAServerAndOneForAPageAreAllThatThereEverAre() {
        var many = new LinkedHashMap<String, String>();
        for (int i = 0; i < 10; i++) {
            many.put("query-" + i, "vector(" + i + ")");
        }
        try (var asked = new TcpProxy(prometheus.port());
                var fetched = new TcpProxy(prometheus.port());
                var queried = Inputs.watch(Inputs.queries(Map.of("a", "http://127.0.0.1:" + asked.port()), many));
                var paged = Inputs.watch(
                        Inputs.pages(Map.of("a", "http://127.0.0.1:" + fetched.port() + "/metrics"), "go_*"))) {
            await().until(() -> {
                assertThat(asked.connections()).isLessThanOrEqualTo(2);
                assertThat(fetched.connections()).isLessThanOrEqualTo(1);
                return queried.runs("a", "queries") >= 5 && paged.runs("a", "scrape") >= 5;
            });
            assertThat(asked.connections()).as("they are kept").isPositive();
            assertThat(fetched.connections()).isEqualTo(1);
        }
    }

    @Test
    void whoWasHostileIsFineOnceARealServerTakesItsPlace() {
        try (var silent = HostileServer.silent();
                var proxy = new TcpProxy(silent.port());
                var watched = Inputs.watch(Inputs.queries(
                        Map.of("prom-1", "http://127.0.0.1:" + proxy.port()), Map.of("one", "vector(1)")))) {
            await().until(() -> watched.reason("prom-1", "queries").isPresent());
            proxy.target(prometheus.port());
            await().until(() -> value(watched, "", "one").isPresent());
        }
    }
}
