// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import io.highwater.agent.web.WebConfig.ClientAuth;
import io.highwater.agent.web.WebConfig.Curve;
import io.highwater.agent.web.WebConfig.TlsVersion;
import io.highwater.core.Default;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The key {@code tls_server_config}. Certificates and keys are PEM, in a file (relative to the configuration's) or in
 * place.
 */
@SuppressWarnings("MemberName")
record TlsConfig(
        Optional<String> cert,
        Optional<InlineKey> key,
        Optional<String> client_ca,
        Optional<Path> cert_file,
        Optional<Path> key_file,
        Optional<Path> client_ca_file,
        @Default("NoClientCert") ClientAuth client_auth_type,
        @Default("[]") List<String> client_allowed_sans,
        @Default("TLS12") TlsVersion min_version,
        @Default("TLS13") TlsVersion max_version,
        @Default("[]") List<CipherSuite> cipher_suites,
        @Default("[]") List<Curve> curve_preferences,
        @Default("true") boolean prefer_server_cipher_suites) {

    /** A private key written into the configuration, which the toolkit allows. Never prints. */
    record InlineKey(String pem) {
        @Override
        public String toString() {
            return "***";
        }
    }

    TlsConfig {
        require(cert.isEmpty() || cert_file.isEmpty(), "cert: leave out either cert or cert_file");
        require(key.isEmpty() || key_file.isEmpty(), "key: leave out either key or key_file");
        require(
                client_ca.isEmpty() || client_ca_file.isEmpty(),
                "client_ca: leave out either client_ca or client_ca_file");
        require(min_version.compareTo(max_version) <= 0, "min_version: is above max_version");
        require(
                max_version.compareTo(TlsVersion.TLS12) >= 0,
                "max_version: TLS12 is the lowest that Java still speaks");
        boolean certificate = cert.isPresent() || cert_file.isPresent();
        boolean privateKey = key.isPresent() || key_file.isPresent();
        boolean authorities = client_ca.isPresent() || client_ca_file.isPresent();
        if (certificate || privateKey || authorities || client_auth_type != ClientAuth.NONE) {
            require(certificate, "missing cert_file (or cert)");
            require(privateKey, "missing key_file (or key)");
        }
        require(
                !authorities || client_auth_type != ClientAuth.NONE,
                "client_auth_type: without it nobody is asked for a certificate of client_ca_file's");
        require(
                client_allowed_sans.isEmpty() || client_auth_type.required(),
                "client_allowed_sans: needs client_auth_type RequireAndVerifyClientCert or RequireAnyClientCert");
    }

    /** As the toolkit has it: versions, ciphers and curves alone do not switch TLS on. */
    boolean enabled() {
        return cert.isPresent() || cert_file.isPresent();
    }

    /** The files that it names. */
    List<Path> files() {
        return Stream.of(cert_file, key_file, client_ca_file)
                .flatMap(Optional::stream)
                .toList();
    }

    private static void require(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
