// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.highwater.core.web.Response;
import io.highwater.core.web.Routes;
import io.highwater.core.web.WebException;
import io.highwater.lab.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS and client certificates, over real sockets. */
@Timeout(60)
class TlsTest {

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    private Path config;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = Certificates.in(folder);
        Files.writeString(folder.resolve("ca.crt"), certificates.certificate("ca"));
    }

    @BeforeEach
    void writeCertificate() throws Exception {
        config = folder.resolve("web.yml");
        certificates.write("server", "rsa");
    }

    @Test
    void servesTlsWithFilesBesideTheConfiguration() throws Exception {
        try (Served served = tls("")) {
            HttpResponse<String> response = served.get(certificates.anonymous());

            assertThat(served.server.uri().getScheme()).isEqualTo("https");
            assertThat(response.body()).isEqualTo("ok\n");
            assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThatThrownBy(() -> served.get()).isInstanceOf(SSLException.class); // does not trust our authority
        }
    }

    @Test
    void sendsAChainInItsOrder() throws Exception {
        String chain = "rsa\n" + certificates.certificate("rsa") + "signed by\n" + certificates.certificate("ca");
        Files.writeString(folder.resolve("server.crt"), chain.replace("\n", "\r\n"));
        try (Served served = tls("")) {
            assertThat(served.get(certificates.anonymous())
                            .sslSession()
                            .orElseThrow()
                            .getPeerCertificates())
                    .containsExactly(certificates.of("rsa"), certificates.of("ca"));
        }
    }

    @Test
    void takesCertificateAndKeyInPlace() throws Exception {
        String yaml = "tls_server_config:\n  cert: |\n"
                + certificates.certificate("ec").indent(4) + "  key: |\n"
                + certificates.key("ec").indent(4);
        try (Served served = Served.with(Files.writeString(config, yaml))) {
            assertThat(served.get(certificates.anonymous()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void demandsAClientCertificateOfTheAuthority() throws Exception {
        try (Served served = tls("client_auth_type: RequireAndVerifyClientCert", "client_ca_file: ca.crt")) {
            assertThat(served.get(certificates.as("client")).statusCode()).isEqualTo(200);
            refused(served, certificates.anonymous());
            refused(served, certificates.as("stranger"));
        }
    }

    @Test
    void demandsAnAllowedName() throws Exception {
        String verify = "client_auth_type: RequireAndVerifyClientCert";
        String authority = "client_ca_file: ca.crt";
        try (Served served = tls(verify, authority, "client_allowed_sans: [other, \"2001:db8:0::1\"]")) {
            assertThat(served.get(certificates.as("client")).statusCode()).isEqualTo(200);
        }
        try (Served served = tls(verify, authority, "client_allowed_sans: [prometheus.internal]")) {
            assertThat(served.get(certificates.as("client")).statusCode()).isEqualTo(200);
            refused(served, certificates.as("ec"));
        }
        try (Served served = tls("client_auth_type: RequireAnyClientCert", "client_allowed_sans: stranger.internal")) {
            assertThat(served.get(certificates.as("stranger")).statusCode()).isEqualTo(200);
            refused(served, certificates.as("client"));
            refused(served, certificates.anonymous());
        }
    }

    @Test
    void asksForACertificateAsItsTypeSays() throws Exception {
        try (Served served = tls("client_auth_type: VerifyClientCertIfGiven", "client_ca_file: ca.crt")) {
            assertThat(served.get(certificates.anonymous()).statusCode()).isEqualTo(200);
            assertThat(served.get(certificates.as("client")).statusCode()).isEqualTo(200);
            refused(served, certificates.as("stranger"));
        }
        try (Served served = tls("client_auth_type: RequestClientCert")) {
            assertThat(served.get(certificates.anonymous()).statusCode()).isEqualTo(200);
            assertThat(served.get(certificates.as("stranger")).statusCode()).isEqualTo(200);
        }
        try (Served served = tls("client_auth_type: RequireClientCert")) {
            refused(served, certificates.anonymous());
            assertThat(served.get(certificates.as("stranger")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void restrictsVersionsCiphersAndCurves() throws Exception {
        try (Served served = tls(
                "max_version: TLS12",
                "cipher_suites: [TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256]",
                "curve_preferences: [CurveP384]")) {
            SSLSession session =
                    served.get(certificates.anonymous()).sslSession().orElseThrow();
            assertThat(session.getProtocol()).isEqualTo("TLSv1.2");
            assertThat(session.getCipherSuite()).isEqualTo("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
            assertThatThrownBy(() -> handshake(served, "TLSv1.2", "x25519")).isInstanceOf(SSLException.class);
            handshake(served, "TLSv1.2", "secp384r1");
        }
        try (Served served = tls("min_version: TLS13", "cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]")) {
            assertThat(served.get(certificates.anonymous()).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> handshake(served, "TLSv1.2", "x25519")).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void takesUpANewCertificateWithTheNextHandshake() throws Exception {
        try (Served served = tls("")) {
            SSLContext client = certificates.anonymous();
            assertThat(algorithm(served.get(client))).isEqualTo("RSA");

            Files.writeString(folder.resolve("server.crt"), certificates.certificate("ec"));
            assertThat(algorithm(served.get(client))).isEqualTo("RSA"); // the key is still the old one's
            assertThat(served.log()).contains("stays in force", "server.key");
            Files.writeString(folder.resolve("server.key"), certificates.key("ec"));
            assertThat(algorithm(served.get(client))).isEqualTo("EC");
            assertThat(served.log().lines().filter(line -> line.contains("level=ERROR")))
                    .hasSize(1);
        }
    }

    @Test
    void resumesNoSessionThatIsNoLongerAllowed() throws Exception {
        try (Served served = tls("client_auth_type: RequireAnyClientCert")) {
            SSLContext client = certificates.as("stranger");
            assertThat(served.get(client).statusCode()).isEqualTo(200);

            write("client_auth_type: RequireAndVerifyClientCert", "client_ca_file: ca.crt");

            refused(served, client);
        }
    }

    @Test
    void switchesTlsOnAndOffByARestartOnly() throws Exception {
        try (Served served = tls("")) {
            Files.writeString(config, "http_server_config: {headers: {X-Frame-Options: deny}}");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> served.get(certificates.anonymous())
                            .headers()
                            .firstValue("X-Frame-Options")
                            .isPresent());
            assertThat(served.log()).containsOnlyOnce("TLS is switched on and off by a restart only");
        }
        try (Served served = Served.with(Files.writeString(config, ""))) {
            write("");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> served.status() == 200 && served.log().contains("by a restart only"));
        }
    }

    @Test
    void refusesWhatItCannotUse() throws Exception {
        Path key = folder.resolve("server.key");
        assertThatThrownBy(() -> tls("client_ca_file: absent.crt", "client_auth_type: VerifyClientCertIfGiven"))
                .isInstanceOf(WebException.class)
                .hasMessage("tls_server_config.client_ca_file " + folder.resolve("absent.crt") + ": does not exist");
        Files.writeString(key, certificates.key("ec"));
        assertThatThrownBy(() -> tls("")).hasMessage(at(key) + "not a private key for the certificate's RSA key");
        certificates.write("server", "ec");
        Files.writeString(key, certificates.key("client"));
        assertThatThrownBy(() -> tls("")).hasMessage(at(key) + "the key of another certificate");
        Files.writeString(key, certificates.certificate("ec"));
        assertThatThrownBy(() -> tls("")).hasMessage(at(key) + "no private key in it");
    }

    @Test
    void isNotHeldUpByAClientThatDoesNotReadOrDoesNotShakeHands() throws Exception {
        byte[] page = new byte[30_000_000];
        Routes routes = new Routes()
                .get("/", _ -> Response.text(200, "ok"))
                .get("/large", _ -> Response.ok("text/plain", List.of(page)));
        write("");
        Duration limit = Duration.ofSeconds(2);
        try (Served served = Served.with(config, routes, limit);
                Socket silent = connect(served);
                Socket deaf = certificates.anonymous().getSocketFactory().createSocket("127.0.0.1", port(served))) {
            silent.getOutputStream().write(0x16); // the beginning of a handshake
            deaf.getOutputStream().write("GET /large HTTP/1.1\r\n\r\n".getBytes(UTF_8));

            await().atMost(Duration.ofSeconds(10)).until(() -> served.server.exchangesUnderWay() == 2);
            assertThat(served.get(certificates.anonymous()).statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(20)).until(() -> served.server.exchangesUnderWay() == 0);
            assertThat(served.get(certificates.anonymous()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void closesAtOnceThoughAClientDoesNotRead() throws Exception {
        byte[] page = new byte[30_000_000];
        write("");
        Routes routes = new Routes().get("/large", _ -> Response.ok("text/plain", List.of(page)));
        Served served = Served.with(config, routes, Duration.ofSeconds(20));
        try (Socket deaf = certificates.anonymous().getSocketFactory().createSocket("127.0.0.1", port(served))) {
            deaf.getOutputStream().write("GET /large HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            await().atMost(Duration.ofSeconds(10)).until(() -> served.server.exchangesUnderWay() == 1);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> deaf.getInputStream().read() >= 0);

            long start = System.nanoTime();
            served.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    private Served tls(String... keys) throws Exception {
        write(keys);
        return Served.with(config);
    }

    private void write(String... keys) throws IOException {
        String more = String.join(
                "",
                List.of(keys).stream()
                        .filter(key -> !key.isEmpty())
                        .map(key -> "  " + key + "\n")
                        .toList());
        Files.writeString(config, "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n" + more);
    }

    private static void refused(Served served, SSLContext client) {
        // TLS 1.3 tells a client of its refused certificate when it reads, and then the connection may be gone already.
        assertThatThrownBy(() -> served.get(client)).isInstanceOf(IOException.class);
    }

    private static void handshake(Served served, String protocol, String curve) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) certificates.anonymous().getSocketFactory().createSocket("127.0.0.1", port(served))) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {protocol});
            parameters.setNamedGroups(new String[] {curve});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    private static Socket connect(Served served) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port(served));
    }

    private static int port(Served served) {
        return served.server.uri().getPort();
    }

    private static String algorithm(HttpResponse<String> response) throws Exception {
        return response.sslSession()
                .orElseThrow()
                .getPeerCertificates()[0]
                .getPublicKey()
                .getAlgorithm();
    }

    private static String at(Path key) {
        return "tls_server_config.key_file " + key + ": ";
    }
}
