// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostileHttpTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    @Test
    void answersWithWhatItIsTold() throws Exception {
        try (var server = HostileHttp.answering(503, "{}")) {
            var answer = client.send(request(server), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{}");
        }
    }

    @Test
    void sendsHalfADocumentAsAWholeBody() throws Exception {
        try (var server = HostileHttp.truncatedJson()) {
            var answer = client.send(request(server), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).startsWith("{").doesNotEndWith("}");
        }
    }

    @Test
    void diesInTheBody() {
        try (var server = HostileHttp.dyingInBody()) {
            assertThatThrownBy(() -> client.send(request(server), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining(EOFException.class.getName());
        }
    }

    @Test
    void hangsInTheBody() throws IOException {
        try (var server = HostileHttp.hangingInBody()) {
            var connection =
                    URI.create("http://127.0.0.1:" + server.port()).toURL().openConnection();
            connection.setReadTimeout(200);
            var body = connection.getInputStream();

            assertThat(body.read()).isEqualTo('{');
            assertThatThrownBy(body::readAllBytes).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void dripsWithoutAnEnd() throws Exception {
        try (var server = HostileHttp.drippingBody(Duration.ofMillis(10));
                var body = body(server)) {
            assertThat(body.readNBytes(10)).containsOnly(' ');
        }
    }

    @Test
    void sendsABodyWithoutAnEnd() throws Exception {
        try (var server = HostileHttp.endlessBody();
                var body = body(server)) {
            assertThat(body.readNBytes(1_000_000)).hasSize(1_000_000);
        }
    }

    @Test
    void sendsAsMuchAsItAnnounces() throws Exception {
        try (var server = HostileHttp.hugeBody(1_000_000);
                var body = body(server)) {
            assertThat(body.readAllBytes()).hasSize(1_000_000);
        }
    }

    @Test
    void sendsAClientRoundInACircle() throws Exception {
        try (var server = HostileHttp.redirectLoop();
                var follower = HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.ALWAYS)
                        .build()) {
            var answer = follower.send(request(server), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(server.accepted()).isGreaterThan(2);
        }
    }

    @Test
    void sendsAHeadWithoutAnEnd() {
        try (var server = HostileHttp.endlessHead()) {
            assertThatThrownBy(() -> client.send(request(server), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    private InputStream body(HostileServer server) throws IOException, InterruptedException {
        return client.send(request(server), BodyHandlers.ofInputStream()).body();
    }

    private static HttpRequest request(HostileServer server) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
                .timeout(Duration.ofSeconds(5))
                .build();
    }
}
