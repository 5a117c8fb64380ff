// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import io.highwater.agent.web.WebConfig.Curve;
import io.highwater.agent.web.WebConfig.TlsVersion;
import io.highwater.core.tls.Pem;
import io.highwater.core.tls.PemException;
import io.highwater.core.web.ServerIdentity;
import io.highwater.core.web.ServerTls;
import io.highwater.core.web.WebException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Makes of one reading of {@code tls_server_config} and its files what a connection gets. */
final class Tls {

    private Tls() {}

    /** Throws {@link WebException} for what cannot be used, with the file and the key of the configuration. */
    static ServerTls of(TlsConfig config) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {identity(config)}, new TrustManager[] {clients(config)}, null);
            return new ServerTls(context, parameters(config, context));
        } catch (GeneralSecurityException e) {
            throw new WebException("tls_server_config: " + e.getMessage(), e);
        } catch (PemException e) {
            throw new WebException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ServerIdentity identity(TlsConfig config) {
        String certificates = text("cert", config.cert(), config.cert_file());
        List<X509Certificate> chain = Pem.certificates(certificates, origin("cert", config.cert_file()));
        String key = text("key", config.key().map(TlsConfig.InlineKey::pem), config.key_file());
        String keyOrigin = origin("key", config.key_file());
        return new ServerIdentity(chain, Pem.privateKey(key, chain.getFirst().getPublicKey(), keyOrigin), keyOrigin);
    }

    private static ClientCertificates clients(TlsConfig config) throws GeneralSecurityException {
        if (!config.client_auth_type().verified()) {
            return ClientCertificates.unverified(config.client_allowed_sans());
        }
        boolean named =
                config.client_ca().isPresent() || config.client_ca_file().isPresent();
        List<X509Certificate> authorities = named
                ? Pem.certificates(
                        text("client_ca", config.client_ca(), config.client_ca_file()),
                        origin("client_ca", config.client_ca_file()))
                : List.of();
        return ClientCertificates.signedBy(authorities, config.client_allowed_sans());
    }

    private static SSLParameters parameters(TlsConfig config, SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(Arrays.stream(TlsVersion.values())
                .filter(version -> version.compareTo(config.min_version()) >= 0)
                .filter(version -> version.compareTo(config.max_version()) <= 0)
                .map(version -> version.jdkName)
                .toArray(String[]::new));
        if (!config.cipher_suites().isEmpty()) {
            Stream<CipherSuite> always = Arrays.stream(CipherSuite.values()).filter(CipherSuite::isTls13);
            parameters.setCipherSuites(Stream.concat(config.cipher_suites().stream(), always)
                    .distinct()
                    .map(CipherSuite::name)
                    .toArray(String[]::new));
        }
        if (!config.curve_preferences().isEmpty()) {
            parameters.setNamedGroups(config.curve_preferences().stream()
                    .map((Curve curve) -> curve.jdkName)
                    .toArray(String[]::new));
        }
        parameters.setUseCipherSuitesOrder(config.prefer_server_cipher_suites());
        askForCertificate(config, parameters);
        return parameters;
    }

    private static void askForCertificate(TlsConfig config, SSLParameters parameters) {
        if (config.client_auth_type().required()) {
            parameters.setNeedClientAuth(true);
        } else {
            parameters.setWantClientAuth(config.client_auth_type() != WebConfig.ClientAuth.NONE);
        }
    }

    private static String text(String key, Optional<String> inline, Optional<Path> file) {
        if (file.isEmpty()) {
            return inline.orElseThrow();
        }
        try {
            return Files.readString(file.get());
        } catch (NoSuchFileException e) {
            throw new WebException(origin(key, file) + ": does not exist", e);
        } catch (IOException e) {
            throw new WebException(origin(key, file) + ": " + e.getMessage(), e);
        }
    }

    private static String origin(String key, Optional<Path> file) {
        return "tls_server_config." + file.map(path -> key + "_file " + path).orElse(key);
    }
}
