// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostileNatsTest {

    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final byte[] NOTHING = {};

    @Test
    void hangsInTheLogin() {
        try (var server = HostileNats.hangingInLogin()) {
            assertThatThrownBy(() -> connect(server)).isInstanceOf(IOException.class);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void answersTheLoginWithGarbage() {
        try (var server = HostileNats.garbageInLogin()) {
            assertThatThrownBy(() -> connect(server)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void diesInTheGreeting() {
        try (var server = HostileNats.dyingInGreeting()) {
            assertThatThrownBy(() -> connect(server)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesTheLogin() {
        try (var server = HostileNats.refusingLogin()) {
            assertThatThrownBy(() -> connect(server)).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void answersPingsButNoRequest() throws Exception {
        try (var server = HostileNats.hangingInReply()) {
            var client = connect(server);

            assertThat(client.RTT()).isPositive();
            assertThat(client.request("$JS.API.INFO", NOTHING, LIMIT)).isNull();
            assertThat(client.RTT()).isPositive();
        }
    }

    @Test
    void diesInAReply() throws Exception {
        try (var server = HostileNats.dyingInReply()) {
            var client = connect(server);
            assertThat(client.RTT()).isPositive();

            assertThat(client.request("$JS.API.INFO", NOTHING, LIMIT)).isNull();

            await().until(() -> client.getStatus() == Connection.Status.CLOSED);
        }
    }

    @Test
    void beginsTheReplyThatTheClientWaitsFor() throws IOException {
        try (var server = HostileNats.dyingInReply();
                var client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.setSoTimeout(5_000);
            client.getOutputStream().write("""
                    CONNECT {}\r
                    SUB _INBOX.a.* 6\r
                    SUB _INBOX.b.* 7\r
                    PING\r
                    PUB $JS.API.INFO _INBOX.b.1 0\r
                    \r
                    """.getBytes(UTF_8));

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .endsWith("}\r\nPONG\r\nMSG _INBOX.b.1 7 100\r\nhalf");
        }
    }

    /** Closes itself when its server does. */
    private static Connection connect(HostileServer server) throws IOException, InterruptedException {
        return Nats.connect(Options.builder()
                .server("nats://127.0.0.1:" + server.port())
                .connectionTimeout(LIMIT)
                .noReconnect()
                .errorListener(new ErrorListener() {})
                .build());
    }
}
