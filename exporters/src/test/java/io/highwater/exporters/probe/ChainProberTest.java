// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.exporters.probe.ChainSettings.Protocol.ARWEAVE;
import static io.highwater.exporters.probe.ChainSettings.Protocol.ETHEREUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.highwater.core.Secret;
import io.highwater.lab.DevChain;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileHttp;
import io.highwater.lab.HostileServer;
import io.highwater.lab.PageServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes that speak Ethereum's JSON-RPC, each with a chain of its own, so that one can be behind the other. */
class ChainProberTest {

    private static DevChain own;
    private static DevChain other;

    @BeforeAll
    static void start() {
        own = DevChain.start();
        other = DevChain.start();
    }

    @AfterAll
    static void stop() {
        own.close();
        other.close();
    }

    private static ChainEndpoint at(String url) {
        return new ChainEndpoint(url, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    private static ChainSettings settings(Map<String, ChainEndpoint> endpoints, Duration maxAge, long maxLag) {
        return new ChainSettings(
                ETHEREUM, endpoints, Optional.of("own"), Optional.of(maxAge), maxLag, Optional.empty());
    }

    private static Map<String, ChainEndpoint> both() {
        var endpoints = new LinkedHashMap<String, ChainEndpoint>();
        endpoints.put("own", at(own.url()));
        endpoints.put("other", at(other.url()));
        return endpoints;
    }

    private static double height(DevChain chain) {
        var alone = Tried.once(settings(Map.of("own", at(chain.url())), Duration.ofDays(1), 0));
        return alone.value("probe_chain_height").orElseThrow();
    }

    @Test
    void theHeadsOfAllAreTold() {
        own.mine(1);

        var tried = Tried.once(settings(both(), Duration.ofHours(1), 1_000));

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_chain_height", "endpoint=\"own\"").orElseThrow())
                .isPositive();
        assertThat(tried.value("probe_chain_height", "endpoint=\"other\"")).isPresent();
        assertThat(tried.value("probe_chain_head_age_seconds", "endpoint=\"own\"")
                        .orElseThrow())
                .isBetween(0.0, 60.0);
        assertThat(tried.value("probe_chain_endpoint_up", "endpoint=\"other\"")).hasValue(1);
        assertThat(tried.value("probe_chain_syncing", "endpoint=\"own\"")).hasValue(0);
        assertThat(tried.value("probe_chain_peers", "endpoint=\"own\"")).hasValue(0);
    }

    @Test
    void aPrimaryThatIsBehindDisagrees() {
        int behind = (int) (height(own) - height(other)) + 8;
        other.mine(behind);

        var tried = Tried.once(settings(both(), Duration.ofHours(1), 5));

        assertThat(tried.reason()).contains(FailureReason.MISMATCH);
        assertThat(tried.message()).contains("8 blocks behind");
        assertThat(tried.value("probe_chain_lag_blocks", "endpoint=\"own\"")).hasValue(8);
        assertThat(tried.value("probe_chain_lag_blocks", "endpoint=\"other\"")).hasValue(0);
        assertThat(Tried.once(settings(both(), Duration.ofHours(1), 8)).failure())
                .isEmpty();
    }

    @Test
    void aChainThatStandsStillIsStale() {
        own.mine(1);
        var settings = settings(Map.of("own", at(own.url())), Duration.ofSeconds(2), 5);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Tried.once(settings).reason()).contains(FailureReason.STALE));

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            own.mine(1);
            assertThat(Tried.once(settings).failure()).isEmpty();
        });
    }

    @Test
    void anotherThatIsGoneIsNoFailureOfThePrimary() {
        var endpoints = both();
        endpoints.put("other", at("http://127.0.0.1:" + FreePort.next()));

        var tried = Tried.once(settings(endpoints, Duration.ofHours(1), 5));

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_chain_endpoint_up", "endpoint=\"other\"")).hasValue(0);
        assertThat(tried.value("probe_chain_height", "endpoint=\"other\"")).isEmpty();
    }

    @Test
    void aPrimaryThatHangsIsATimeoutAndTheOthersAreTold() {
        var endpoints = both();
        try (var silent = HostileServer.silent()) {
            endpoints.put("own", at("http://127.0.0.1:" + silent.port()));

            var tried = Tried.once(settings(endpoints, Duration.ofHours(1), 5), Duration.ofSeconds(3));

            assertThat(tried.reason()).contains(FailureReason.TIMEOUT);
            assertThat(tried.value("probe_chain_height", "endpoint=\"other\"")).isPresent();
        }
    }

    @Test
    void whatIsNoChainIsAFailure() {
        try (var half = HostileHttp.truncatedJson();
                var failing = HostileHttp.failing();
                var forbidding = HostileHttp.answering(403, "");
                var erring = HostileHttp.answering(200, "{\"jsonrpc\": \"2.0\", \"error\": {\"code\": -32601}}");
                var empty = HostileHttp.answering(200, "{\"jsonrpc\": \"2.0\", \"result\": null}");
                var wrong = HostileHttp.answering(200, "{\"result\": {\"number\": \"0xzz\", \"timestamp\": 7}}");
                var endless = HostileHttp.endlessBody();
                var redirecting = HostileHttp.redirectLoop()) {
            for (var server : List.of(half, failing, erring, empty, wrong, endless, redirecting)) {
                assertThat(alone(server).reason()).contains(FailureReason.PROTOCOL);
            }
            assertThat(alone(forbidding).reason()).contains(FailureReason.AUTH);
        }
    }

    @Test
    void numbersThatNoBlockHasAreNone() {
        for (var numbers : List.of(
                "\"number\": \"0x1\", \"timestamp\": \"0x7fffffffffffffff\"",
                "\"number\": \"0x1\", \"timestamp\": \"0x-1\"",
                "\"number\": \"0x-5\", \"timestamp\": \"0x1\"")) {
            try (var liar = HostileHttp.answering(200, "{\"result\": {" + numbers + "}}")) {
                assertThat(alone(liar).reason()).as(numbers).contains(FailureReason.PROTOCOL);
            }
        }
    }

    @Test
    void whyANodeIsNotReachedIsTold() {
        var unknown = settings(Map.of("own", at("http://no-such-host.invalid/")), Duration.ofHours(1), 5);
        assertThat(Tried.once(unknown).reason()).contains(FailureReason.RESOLVE);
    }

    private static Tried alone(HostileServer server) {
        return Tried.once(settings(Map.of("own", at("http://127.0.0.1:" + server.port())), Duration.ofHours(1), 5));
    }

    @Test
    void aKeyIsPartOfThePathAndOfNoMessage() {
        try (var page = PageServer.start().serve(500, "text/plain", "no")) {
            var endpoint = new ChainEndpoint(
                    page.url() + "/v3",
                    Optional.of(new Secret("test", () -> "s3cret")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of("X-Client", "highwater"));

            var tried = Tried.once(settings(Map.of("own", endpoint), Duration.ofHours(1), 5));

            assertThat(page.requests().getFirst().path()).isEqualTo("/v3/s3cret");
            assertThat(page.requests().getFirst().header("x-client")).contains("highwater");
            assertThat(tried.reason()).contains(FailureReason.PROTOCOL);
            assertThat(tried.toString()).doesNotContain("s3cret");
        }
    }

    /** There is no node of Arweave to run here: this one says what they say. */
    @Test
    void aNodeOfArweaveIsAskedByRest() throws IOException {
        var node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()), 0);
        var now = Instant.now().getEpochSecond();
        serve(
                node,
                "/info",
                "{\"network\": \"arweave.N.1\", \"height\": 1500000, \"current\": \"aB_c-1\", \"peers\": 64}");
        serve(
                node,
                "/block/hash/aB_c-1",
                "{\"height\": 1500000, \"timestamp\": %d, \"txs\": [\"x\"]}".formatted(now - 90));
        node.start();
        try {
            var url = "http://127.0.0.1:" + node.getAddress().getPort();
            var tried = Tried.once(new ChainSettings(
                    ARWEAVE, Map.of("gateway", at(url)), Optional.empty(), Optional.empty(), 5, Optional.empty()));

            assertThat(tried.failure()).isEmpty();
            assertThat(tried.value("probe_chain_height")).hasValue(1_500_000);
            assertThat(tried.value("probe_chain_head_age_seconds").orElseThrow())
                    .isBetween(89.0, 150.0);
            assertThat(tried.value("probe_chain_peers")).hasValue(64);
            assertThat(tried.value("probe_chain_syncing")).isEmpty();
        } finally {
            node.stop(0);
        }
    }

    private static void serve(HttpServer node, String path, String body) {
        node.createContext(path, exchange -> {
            try (exchange) {
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    @Test
    void aHashThatIsNoneIsNotAskedFor() {
        try (var page = PageServer.start()
                .serve(200, "application/json", "{\"height\": 1, \"current\": \"../../admin\", \"peers\": 1}")) {
            var tried = Tried.once(new ChainSettings(
                    ARWEAVE, Map.of("own", at(page.url())), Optional.empty(), Optional.empty(), 5, Optional.empty()));

            assertThat(tried.reason()).contains(FailureReason.PROTOCOL);
            assertThat(page.requests()).hasSize(1);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> at("nowhere")).hasMessageStartingWith("url: ");
        assertThatThrownBy(() -> settings(Map.of(), Duration.ZERO, 0)).hasMessageStartingWith("endpoints: ");
        assertThatThrownBy(() -> settings(Map.of("x", at("http://x")), Duration.ZERO, 0))
                .hasMessageStartingWith("primary: ");
        assertThatThrownBy(() -> settings(both(), Duration.ZERO, -1)).hasMessageStartingWith("maxLag: ");
        assertThatThrownBy(() ->
                        new ChainSettings(ETHEREUM, both(), Optional.empty(), Optional.empty(), 0, Optional.empty()))
                .hasMessageStartingWith("primary: ");
    }
}
