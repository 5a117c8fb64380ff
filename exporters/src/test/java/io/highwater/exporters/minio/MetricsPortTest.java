// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.highwater.core.CollectionException;
import io.highwater.exporters.client.http.HttpLink;
import io.highwater.lab.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which metrics are read of a server that has v2, and v3 or not. */
class MetricsPortTest {

    private final HttpLink link = new HttpLink(Optional.empty());
    private HttpServer server;
    private MetricsPort port;
    private volatile int statusOfV3 = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next()), 0);
        server.createContext("/minio/metrics/v3/", exchange -> answer(exchange, statusOfV3));
        server.createContext("/minio/v2/metrics/", exchange -> answer(exchange, 200));
        server.start();
        var nodes = Map.of("a", "http://127.0.0.1:" + server.getAddress().getPort());
        var settings = WatchedMinio.settings(nodes, Optional.empty(), MinioSettings.Metrics.AUTO);
        port = new MetricsPort(settings.node("a"), settings);
    }

    @AfterEach
    void stop() {
        link.close();
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private MetricsVersion read() throws CollectionException {
        return port.read(link.visit(Duration.ofSeconds(20)), Pages.USAGE).version();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void aServerThatHasNoV3IsReadAsV2(int status) throws CollectionException {
        statusOfV3 = status;
        assertThat(read()).isEqualTo(MetricsVersion.V2);
    }

    @Test
    void aServerWhoseV3FailsIsNotTakenForOneWithoutIt() throws CollectionException {
        statusOfV3 = 503;
        assertThatThrownBy(this::read).hasMessage("/minio/metrics/v3/cluster/usage/objects answered 503");
        statusOfV3 = 200;
        assertThat(read()).isEqualTo(MetricsVersion.V3);
    }
}
