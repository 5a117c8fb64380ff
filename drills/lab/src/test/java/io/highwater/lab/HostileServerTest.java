// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostileServerTest {

    @Test
    void saysNothing() throws IOException {
        try (var server = HostileServer.silent();
                var client = connect(server)) {
            client.setSoTimeout(200);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            await().until(() -> server.accepted() == 1);
        }
    }

    @Test
    void closesAtOnce() throws IOException {
        try (var server = HostileServer.closing();
                var client = connect(server)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void resets() throws IOException {
        try (var server = HostileServer.playing(Step.receive(), Step.reset());
                var client = connect(server)) {
            client.getOutputStream().write(1);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void sendsTheSameGarbageEveryTime() throws IOException {
        try (var server = HostileServer.garbage();
                var one = connect(server);
                var two = connect(server)) {
            var garbage = one.getInputStream().readNBytes(4096);

            assertThat(garbage).hasSize(4096).isEqualTo(two.getInputStream().readNBytes(4096));
        }
    }

    @Test
    void drips() throws IOException {
        try (var server = HostileServer.dripping(Duration.ofMillis(100), (byte) 1, (byte) 2, (byte) 3);
                var client = connect(server)) {
            var started = System.nanoTime();

            assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(150));
        }
    }

    @Test
    void refusesOnAFreePort() {
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), FreePort.next()))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void endsItsConnectionsWhenClosed() throws IOException {
        var server = HostileServer.silent();
        try (var client = connect(server)) {
            await().until(() -> server.accepted() == 1);

            server.close();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void diesInThePostgresHandshake() {
        try (var server = HostilePostgres.dyingInHandshake()) {
            assertThatThrownBy(() -> login(server))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).startsWith("08"));
        }
    }

    @Test
    void diesInAPostgresReply() {
        try (var server = HostilePostgres.dyingInReply()) {
            assertThatThrownBy(() -> login(server))
                    .hasRootCauseInstanceOf(EOFException.class)
                    .hasStackTraceContaining("QueryExecutorImpl.processResults"); // the handshake was understood
        }
    }

    @Test
    void hangsInAPostgresReply() {
        try (var server = HostilePostgres.hangingInReply()) {
            assertThatThrownBy(() -> login(server))
                    .hasRootCauseInstanceOf(SocketTimeoutException.class)
                    .hasStackTraceContaining("QueryExecutorImpl.processResults");
        }
    }

    private static Socket connect(HostileServer server) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    /** The driver asks its first query itself, as part of connecting. */
    private static void login(HostileServer server) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=postgres&socketTimeout=1";
        DriverManager.getConnection(url).close();
    }
}
