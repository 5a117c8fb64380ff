// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.agent.web.WebConfig.ClientAuth;
import io.highwater.agent.web.WebConfig.Curve;
import io.highwater.agent.web.WebConfig.TlsVersion;
import io.highwater.core.web.WebException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebConfigTest {

    private static final String HASH = "$2y$04$abcdefghijklmnopqrstuuNAwPElWPZ5TBRBv5eH.a1GDnQNjWIWi";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("web.yml");
    }

    @Test
    void hasTheToolkitsDefaults() throws IOException {
        WebConfig config = read("");

        TlsConfig tls = config.tls_server_config();
        assertThat(tls.enabled()).isFalse();
        assertThat(tls.client_auth_type()).isEqualTo(ClientAuth.NONE);
        assertThat(tls.min_version()).isEqualTo(TlsVersion.TLS12);
        assertThat(tls.max_version()).isEqualTo(TlsVersion.TLS13);
        assertThat(tls.prefer_server_cipher_suites()).isTrue();
        assertThat(config.basic_auth_users()).isEmpty();
        assertThat(config.http_server_config().headers()).isEmpty();
        assertThat(config.rate_limit().interval()).isZero();
    }

    @Test
    void readsEveryKey() throws IOException {
        WebConfig config = read("""
                tls_server_config:
                  cert_file: tls/server.crt
                  key_file: /run/secrets/server.key
                  client_ca_file: ca.crt
                  client_auth_type: RequireAndVerifyClientCert
                  client_allowed_sans: [prometheus.internal, 10.0.0.1]
                  min_version: TLS13
                  max_version: TLS13
                  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
                  curve_preferences: [X25519, CurveP256]
                  prefer_server_cipher_suites: false
                http_server_config:
                  http2: false
                  headers:
                    X-Frame-Options: deny
                    Strict-Transport-Security: max-age=31536000; includeSubDomains
                basic_auth_users:
                  alice: HASH
                rate_limit:
                  interval: 100ms
                  burst: 20
                """.replace("HASH", HASH));

        TlsConfig tls = config.tls_server_config();
        assertThat(tls.cert_file()).contains(folder.resolve("tls/server.crt"));
        assertThat(tls.key_file()).contains(Path.of("/run/secrets/server.key"));
        assertThat(tls.files()).contains(folder.resolve("ca.crt"));
        assertThat(tls.client_auth_type()).isEqualTo(ClientAuth.REQUIRE_AND_VERIFY);
        assertThat(tls.client_allowed_sans()).containsExactly("prometheus.internal", "10.0.0.1");
        assertThat(tls.min_version()).isEqualTo(TlsVersion.TLS13);
        assertThat(tls.cipher_suites()).containsExactly(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
        assertThat(tls.curve_preferences()).containsExactly(Curve.X25519, Curve.P256);
        assertThat(tls.prefer_server_cipher_suites()).isFalse();
        assertThat(config.http_server_config().http2()).contains(false);
        assertThat(config.http_server_config().headers())
                .isEqualTo(Map.of(
                        "X-Frame-Options", "deny",
                        "Strict-Transport-Security", "max-age=31536000; includeSubDomains"));
        assertThat(config.basic_auth_users()).isEqualTo(Map.of("alice", new PasswordHash(HASH)));
        assertThat(config.rate_limit().interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.rate_limit().burst()).isEqualTo(20);
    }

    @Test
    void readsKeysWrittenInPlaceAndNeverPrintsThem() throws IOException {
        WebConfig config = read("""
                tls_server_config:
                  cert: |
                    -----BEGIN CERTIFICATE-----
                  key: |
                    -----BEGIN PRIVATE KEY-----
                basic_auth_users: { alice: HASH }
                rate_limit: { interval: 0 }
                """.replace("HASH", HASH));

        assertThat(config.tls_server_config().enabled()).isTrue();
        assertThat(config.tls_server_config().key().orElseThrow().pem()).isEqualTo("-----BEGIN PRIVATE KEY-----\n");
        assertThat(config.toString()).doesNotContain("PRIVATE").doesNotContain(HASH);
    }

    @Test
    void namesThePlaceAndTheNearestKey() {
        refuses(
                "tls_server_config:\n  cert_flie: x\n  key_file: y",
                ":2:3: tls_server_config.cert_flie: unknown key; did you mean \"cert_file\"?");
        refuses("basic_auth_user: {}", ":1:1: basic_auth_user: unknown key; did you mean \"basic_auth_users\"?");
        refuses(
                "tls_server_config: {client_auth_type: RequireAndVerifyClientCrt}",
                ":1:21: tls_server_config.client_auth_type: expected one of NoClientCert",
                "did you mean \"RequireAndVerifyClientCert\"?");
        refuses("tls_server_config: {cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]}", "expected one of TLS_AES_128");
        refuses("tls_server_config: {min_version: TLS14}", "expected one of TLS10, TLS11, TLS12, TLS13");
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        refuses("tls_server_config: {cert_file: x}", "missing key_file (or key)");
        refuses("tls_server_config: {key_file: x}", "missing cert_file (or cert)");
        refuses("tls_server_config: {client_auth_type: RequestClientCert}", "missing cert_file (or cert)");
        refuses("tls_server_config: {cert_file: x, cert: y, key_file: z}", "leave out either cert or cert_file");
        refuses(
                "tls_server_config: {cert_file: x, key_file: y, client_ca_file: z}",
                "client_auth_type: without it nobody is asked");
        refuses(
                "tls_server_config: {cert_file: x, key_file: y, client_auth_type: VerifyClientCertIfGiven,"
                        + " client_allowed_sans: [z]}",
                "client_allowed_sans: needs client_auth_type RequireAndVerifyClientCert");
        refuses("tls_server_config: {min_version: TLS13, max_version: TLS12}", "min_version: is above max_version");
        refuses("tls_server_config: {min_version: TLS10, max_version: TLS11}", "TLS12 is the lowest");
        refuses("rate_limit: {interval: 1s}", "rate_limit.burst: must be at least 1");
    }

    @Test
    void refusesOtherHeadersAndValues() {
        refuses("http_server_config: {headers: {Server: x}}", "Server cannot be set; only Content-Security-Policy");
        refuses("http_server_config: {headers: {X-Frame-Options: maybe}}", "must be deny or sameorigin");
        refuses(
                "http_server_config: {headers: {X-XSS-Protection: \"1\\r\\nSet-Cookie: x\"}}",
                "X-XSS-Protection has a character that no header may have");
    }

    @Test
    void refusesAPasswordThatIsNotHashedWithoutShowingIt() {
        for (String notAHash : List.of("hunter2", HASH.replace("$04$", "$99$"), HASH.substring(1), "\"\"")) {
            assertThatThrownBy(() -> read("basic_auth_users: {alice: " + notAHash + "}"))
                    .isInstanceOf(WebException.class)
                    .hasMessageContaining("basic_auth_users.alice: not a bcrypt hash")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void saysThatTheFileIsMissing() {
        assertThatThrownBy(() -> WebConfig.read(file))
                .isInstanceOf(WebException.class)
                .hasMessage(file + ": does not exist");
    }

    private void refuses(String yaml, String... words) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(WebException.class)
                .hasMessageContaining("web.yml:")
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    private WebConfig read(String yaml) throws IOException {
        return WebConfig.read(Files.writeString(file, yaml));
    }
}
