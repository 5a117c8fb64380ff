// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import io.highwater.agent.config.ConfigException;
import io.highwater.agent.config.RecordFile;
import io.highwater.core.Default;
import io.highwater.core.web.WebException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The web configuration file as Prometheus' exporter-toolkit defines it, so that people's files and secrets go on
 * working. The components are named as the file's keys are: that is the whole mapping.
 */
@SuppressWarnings("MemberName")
record WebConfig(
        @Default("{}") TlsConfig tls_server_config,
        @Default("{}") HttpConfig http_server_config,
        @Default("{}") Map<String, PasswordHash> basic_auth_users,
        @Default("{}") RateLimitConfig rate_limit) {

    /** Throws {@link WebException} with everything that is wrong: file, line, key, and the nearest key there is. */
    static WebConfig read(Path path) {
        try {
            return RecordFile.load(path, WebConfig.class);
        } catch (ConfigException e) {
            throw new WebException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Headers that every response gets.
     *
     * @param http2 accepted and without effect: the JDK's server speaks HTTP/1.1
     */
    record HttpConfig(
            Optional<Boolean> http2, @Default("{}") Map<String, String> headers) {

        /** The ones that may be set, with the values that they may have; none for any. */
        private static final Map<String, List<String>> ALLOWED = Map.of(
                "Content-Security-Policy", List.of(),
                "Strict-Transport-Security", List.of(),
                "X-Content-Type-Options", List.of("nosniff"),
                "X-Frame-Options", List.of("deny", "sameorigin"),
                "X-XSS-Protection", List.of());

        HttpConfig {
            headers = Map.copyOf(headers);
            headers.forEach(HttpConfig::check);
        }

        private static void check(String name, String value) {
            List<String> values = ALLOWED.get(name);
            if (values == null) {
                throw new IllegalArgumentException("headers: " + name + " cannot be set; only "
                        + String.join(", ", ALLOWED.keySet().stream().sorted().toList()));
            }
            if (!values.isEmpty() && !values.contains(value)) {
                throw new IllegalArgumentException("headers: " + name + " must be " + String.join(" or ", values));
            }
            if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new IllegalArgumentException("headers: " + name + " has a character that no header may have");
            }
        }
    }

    /**
     * How often all clients together may ask.
     *
     * @param interval between two requests; zero for no limit
     * @param burst how many may come at once
     */
    record RateLimitConfig(
            @Default("0s") Duration interval, @Default("0") int burst) {

        RateLimitConfig {
            if (interval.isPositive() && burst < 1) {
                throw new IllegalArgumentException("burst: must be at least 1, or no request gets through");
            }
        }
    }

    /** {@code TLS12} as the file says it, {@code TLSv1.2} as the JDK does. */
    enum TlsVersion {
        TLS10("TLSv1"),
        TLS11("TLSv1.1"),
        TLS12("TLSv1.2"),
        TLS13("TLSv1.3");

        final String jdkName;

        TlsVersion(String jdkName) {
            this.jdkName = jdkName;
        }
    }

    /** What is asked of a client's certificate, named as in Go's {@code crypto/tls}. */
    enum ClientAuth {
        NONE("NoClientCert"),
        REQUEST("RequestClientCert"),
        REQUIRE_ANY("RequireAnyClientCert"),
        REQUIRE_ANY_BY_ITS_OLD_NAME("RequireClientCert"),
        VERIFY_IF_GIVEN("VerifyClientCertIfGiven"),
        REQUIRE_AND_VERIFY("RequireAndVerifyClientCert");

        private final String goName;

        ClientAuth(String goName) {
            this.goName = goName;
        }

        boolean required() {
            return this == REQUIRE_ANY || this == REQUIRE_ANY_BY_ITS_OLD_NAME || this == REQUIRE_AND_VERIFY;
        }

        boolean verified() {
            return this == VERIFY_IF_GIVEN || this == REQUIRE_AND_VERIFY;
        }

        @Override
        public String toString() {
            return goName;
        }
    }

    /** An elliptic curve, named as in Go's {@code crypto/tls} and as in the JDK. */
    enum Curve {
        P256("CurveP256", "secp256r1"),
        P384("CurveP384", "secp384r1"),
        P521("CurveP521", "secp521r1"),
        X25519("X25519", "x25519");

        private final String goName;
        final String jdkName;

        Curve(String goName, String jdkName) {
            this.goName = goName;
            this.jdkName = jdkName;
        }

        @Override
        public String toString() {
            return goName;
        }
    }
}
