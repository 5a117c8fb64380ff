// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.highwater.core.web.WebException;
import io.highwater.lab.Certificates;
import io.highwater.lab.KedaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KedaTlsTest {

    private static final Map<String, String> LAG = Map.of("metric", "lag", "target", "10");

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static KedaProgram keda;

    @BeforeAll
    static void prepare() throws Exception {
        certificates = Certificates.in(folder);
        for (var alias : new String[] {"ca", "client", "stranger"}) {
            certificates.write(alias, alias);
        }
        keda = KedaProgram.start();
    }

    @AfterAll
    static void end() {
        keda.close();
    }

    private static Serving serving(boolean mutual) throws Exception {
        certificates.write("server", "rsa");
        var files = new KedaOptions.Tls(
                folder.resolve("server.crt"),
                folder.resolve("server.key"),
                mutual ? Optional.of(folder.resolve("ca.crt")) : Optional.empty());
        var serving = new Serving(Optional.of(files), Serving.RESEND);
        serving.metrics.add("lag").set(3);
        return serving;
    }

    @Test
    void aClientThatShowsACertificateOfOursIsServed() throws Exception {
        try (var serving = serving(true)) {
            keda.connect(serving.port(), folder.resolve("ca.crt"), Optional.of(folder.resolve("client")));
            assertThat(keda.poll("shop", LAG).active()).isTrue();

            keda.connect(serving.port(), folder.resolve("ca.crt"), Optional.empty());
            assertThatThrownBy(() -> keda.poll("shop", LAG)).hasMessageContaining("UNAVAILABLE");
            keda.connect(serving.port(), folder.resolve("ca.crt"), Optional.of(folder.resolve("stranger")));
            assertThatThrownBy(() -> keda.poll("shop", LAG)).hasMessageContaining("UNAVAILABLE");
            keda.connect(serving.port());
            assertThatThrownBy(() -> keda.poll("shop", LAG)).hasMessageContaining("UNAVAILABLE");
        }
    }

    @Test
    void aNewCertificateIsServedWithoutLosingACall() throws Exception {
        try (var serving = serving(false)) {
            keda.connect(serving.port(), folder.resolve("ca.crt"), Optional.empty());
            keda.open("rotation", "StreamIsActive", "shop", LAG);
            assertThat(shown(serving)).isEqualTo(certificates.of("rsa"));
            assertThat(expiry(serving)).isEqualTo(expiry("rsa"));
            var polls = new AtomicInteger();
            var go = new AtomicBoolean(true);
            var poller = Thread.ofVirtual().start(() -> {
                while (go.get()) {
                    keda.poll("shop", LAG);
                    polls.incrementAndGet();
                }
            });

            certificates.write("server", "ec");

            await().until(() -> shown(serving).equals(certificates.of("ec")));
            assertThat(expiry(serving)).isEqualTo(expiry("ec"));
            int before = polls.get();
            await().until(() -> polls.get() > before + 10);
            go.set(false);
            poller.join();
            assertThat(serving.calls("GetMetrics", "OK")).isGreaterThanOrEqualTo(polls.get());
            assertThat(keda.news("rotation")).noneMatch(one -> one.containsKey("ended"));
            assertThat(serving.log()).contains("Certificate for KEDA has changed");
        }
    }

    @Test
    void filesThatCannotBeUsedLeaveTheOldOnesInForce() throws Exception {
        try (var serving = serving(false)) {
            Files.writeString(folder.resolve("server.key"), certificates.key("ec"));

            await().until(() -> serving.meters
                            .get("highwater.keda.certificate.last.reload.successful")
                            .gauge()
                            .value()
                    == 0);
            assertThat(shown(serving)).isEqualTo(certificates.of("rsa"));
            assertThat(serving.log()).containsOnlyOnce("cannot be read, the one before stays");
            Files.writeString(folder.resolve("server.key"), certificates.key("rsa"));
            await().until(() -> serving.meters
                            .get("highwater.keda.certificate.last.reload.successful")
                            .gauge()
                            .value()
                    == 1);
        }
    }

    @Test
    void doesNotStartWithoutItsFiles() throws Exception {
        var missing = new KedaOptions.Tls(folder.resolve("no.crt"), folder.resolve("no.key"), Optional.empty());

        assertThatThrownBy(() -> new Serving(Optional.of(missing), Serving.RESEND))
                .isInstanceOf(WebException.class)
                .hasMessageContaining("cert " + folder.resolve("no.crt"));
    }

    private static double expiry(Serving serving) {
        return serving.meters
                .get("highwater.keda.certificate.expiry.timestamp")
                .gauge()
                .value();
    }

    private static double expiry(String alias) {
        return certificates.of(alias).getNotAfter().toInstant().getEpochSecond();
    }

    /** What a new connection is shown. */
    private static X509Certificate shown(Serving serving) throws Exception {
        var socket = certificates.anonymous().getSocketFactory().createSocket("127.0.0.1", serving.port());
        try (var secured = (SSLSocket) socket) {
            secured.setSoTimeout(5000);
            var parameters = secured.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return (X509Certificate) secured.getSession().getPeerCertificates()[0];
        }
    }
}
