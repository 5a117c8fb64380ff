// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.tls.ClientTls.Verify;
import io.highwater.lab.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClientTlsTest {

    @TempDir
    static Path folder;

    static Certificates certificates;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.in(folder);
        certificates.write("ca", "ca");
        certificates.write("client", "client");
    }

    private static Optional<Path> file(String name) {
        return Optional.of(folder.resolve(name));
    }

    private static ClientTls trusting(Verify verify) {
        return new ClientTls(file("ca.crt"), Optional.empty(), Optional.empty(), verify);
    }

    @Test
    void fullWantsTheAuthorityAndTheHost() throws Exception {
        assertThat(says(trusting(Verify.FULL), "ec")).isEqualTo("welcome");
        assertThatThrownBy(() -> says(trusting(Verify.FULL), "stranger")).isInstanceOf(SSLHandshakeException.class);
        assertThatThrownBy(() -> says(trusting(Verify.FULL), "client"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void caWantsTheAuthorityAlone() throws Exception {
        assertThat(says(trusting(Verify.CA), "client")).isEqualTo("welcome");
        assertThatThrownBy(() -> says(trusting(Verify.CA), "stranger")).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void noneTakesAnyone() throws Exception {
        assertThat(says(trusting(Verify.NONE), "stranger")).isEqualTo("welcome");
    }

    @Test
    void showsItsOwnCertificate() throws Exception {
        var withCertificate = new ClientTls(file("ca.crt"), file("client.crt"), file("client.key"), Verify.FULL);
        assertThat(says(withCertificate, "rsa")).isEqualTo("welcome CN=client");
    }

    @Test
    void namesTheFileThatCannotBeUsed() throws Exception {
        Files.writeString(folder.resolve("broken.key"), "hunter2");
        refuses(new ClientTls(file("gone.crt"), Optional.empty(), Optional.empty(), Verify.FULL), "tls.ca", "gone.crt");
        refuses(
                new ClientTls(Optional.empty(), file("client.crt"), file("broken.key"), Verify.FULL),
                "tls.key",
                "no private key in it");
    }

    @Test
    void aCertificateNeedsItsKey() {
        assertThatThrownBy(() -> new ClientTls(Optional.empty(), file("client.crt"), Optional.empty(), Verify.FULL))
                .hasMessage("cert: cert and key go together");
    }

    private static void refuses(ClientTls tls, String... words) {
        assertThatThrownBy(tls::context)
                .isInstanceOfSatisfying(
                        CollectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AUTH))
                .message()
                .contains(words)
                .doesNotContain("hunter2");
    }

    /** What a server with that certificate says to the client; it greets a client that shows one by its name. */
    private static String says(ClientTls tls, String server) throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        try (var listener = (SSLServerSocket)
                certificates.as(server).getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            listener.setWantClientAuth(true);
            var greeter = Thread.ofVirtual().start(() -> greet(listener));
            try (var socket = (SSLSocket)
                    tls.context().getSocketFactory().createSocket(loopback.getHostAddress(), listener.getLocalPort())) {
                socket.setSoTimeout(10_000);
                return new String(socket.getInputStream().readAllBytes(), UTF_8);
            } finally {
                greeter.interrupt();
            }
        }
    }

    private static void greet(SSLServerSocket listener) {
        try (Socket client = listener.accept()) {
            client.getOutputStream().write(("welcome" + name((SSLSocket) client)).getBytes(UTF_8));
        } catch (IOException e) {
            // a client that does not trust us has gone
        }
    }

    private static String name(SSLSocket client) {
        try {
            return " " + client.getSession().getPeerPrincipal().getName();
        } catch (IOException e) {
            return "";
        }
    }
}
