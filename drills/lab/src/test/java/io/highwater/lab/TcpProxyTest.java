// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.highwater.lab.TcpProxy.Mode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int IMPATIENCE_MILLIS = 200;

    private final HostileServer echo =
            HostileServer.playing(client -> client.getInputStream().transferTo(client.getOutputStream()));
    private final TcpProxy proxy = new TcpProxy(echo.port());

    @AfterEach
    void close() {
        proxy.close();
        echo.close();
    }

    @Test
    void forwardsBothWaysAndCounts() throws IOException {
        try (var client = connect()) {
            assertThat(ask(client, "hello")).isEqualTo("hello");
            assertThat(proxy.connections()).isEqualTo(1);
            await().until(() -> proxy.bytes() == 10);
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void passesOnTheEndOfOneDirection() throws IOException {
        try (var client = connect()) {
            client.getOutputStream().write("bye".getBytes(UTF_8));
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("bye");
        }
    }

    @Test
    void freezesConnectionsThereAreAndNewOnes() throws IOException {
        try (var old = connect()) {
            assertThat(ask(old, "before")).isEqualTo("before");
            proxy.mode(Mode.FREEZE);

            try (var young = connect()) {
                send(old, "old");
                send(young, "young");

                assertSilent(old);
                assertSilent(young);
                assertThat(proxy.connections()).isEqualTo(2);
                assertThat(echo.accepted()).isEqualTo(1);

                proxy.mode(Mode.FORWARD);

                assertThat(receive(old, 3)).isEqualTo("old");
                assertThat(receive(young, 5)).isEqualTo("young");
            }
        }
    }

    @Test
    void cutsAndHeals() throws IOException {
        try (var client = connect()) {
            assertThat(ask(client, "before")).isEqualTo("before");

            proxy.mode(Mode.CUT);

            assertThatThrownBy(() -> receive(client, 1))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        }
        proxy.mode(Mode.FORWARD);

        try (var client = connect()) {
            assertThat(ask(client, "after")).isEqualTo("after");
        }
    }

    @Test
    void cutsFrozenConnections() throws IOException {
        proxy.mode(Mode.FREEZE);
        try (var client = connect()) {
            await().until(() -> proxy.connections() == 1);

            proxy.mode(Mode.CUT);

            assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketException.class);
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void diesInTheMiddleOfAnAnswer() throws IOException {
        try (var client = connect()) {
            assertThat(ask(client, "whole")).isEqualTo("whole");
            proxy.cutAfter("question".length() + 2);
            send(client, "question");

            assertThatThrownBy(() -> receive(client, 8)).isInstanceOf(SocketException.class);
        }
        assertThat(proxy.mode()).isEqualTo(Mode.CUT);
    }

    @Test
    void sendsClientsElsewhere() throws IOException {
        try (var other = HostileServer.playing(Step.send("other".getBytes(UTF_8)));
                var before = connect()) {
            assertThat(ask(before, "here")).isEqualTo("here");
            proxy.target(other.port());

            assertThatThrownBy(() -> receive(before, 1)).isInstanceOf(SocketException.class);
            try (var after = connect()) {
                assertThat(receive(after, 5)).isEqualTo("other");
            }
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String ask(Socket socket, String text) throws IOException {
        send(socket, text);
        return receive(socket, text.length());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String receive(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), UTF_8);
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(IMPATIENCE_MILLIS);
        assertThatThrownBy(() -> receive(socket, 1)).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }
}
