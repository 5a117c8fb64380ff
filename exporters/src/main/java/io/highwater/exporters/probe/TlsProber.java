// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Durations;
import io.highwater.core.Family;
import io.highwater.core.Samples;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Makes a handshake and looks at the certificates. */
final class TlsProber implements Prober {

    static final List<Family> FAMILIES = Stream.of(NetworkFamilies.ALL, CertificateFamilies.ALL)
            .flatMap(List::stream)
            .toList();

    /** What a server has to tell us that it does not accept our certificate. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final TlsSettings settings;
    private final HostPort server;
    private final TlsHandshake handshake;
    private volatile @Nullable Line line;

    TlsProber(TlsSettings settings) {
        this.settings = settings;
        this.server = settings.server();
        this.handshake = settings.handshake();
    }

    @Override
    public void probe(Attempt attempt, Samples out) throws ProbeFailure, CollectionException, InterruptedException {
        try (var opened = Line.to(server, attempt, out)) {
            line = opened;
            opened.secure(settings.startTls(), handshake, out);
            if (opened.socket() instanceof SSLSocket secured) {
                for (var certificate : secured.getSession().getPeerCertificates()) {
                    checkValidity((X509Certificate) certificate);
                }
            }
            opened.hearOut(attempt.atMost(PATIENCE));
        } catch (IOException e) {
            throw NetworkFailures.of(server.toString(), e, attempt);
        } finally {
            line = null;
        }
    }

    private void checkValidity(X509Certificate certificate) throws ProbeFailure {
        var end = certificate.getNotAfter().toInstant();
        if (end.isBefore(Instant.now().plus(settings.validFor()))) {
            throw new ProbeFailure(
                    FailureReason.CERTIFICATE,
                    certificate.getSubjectX500Principal() + " expires at " + end + ", in less than "
                            + Durations.format(settings.validFor()));
        }
    }

    @Override
    public void abort() {
        var open = line;
        if (open != null) {
            open.close();
        }
    }
}
