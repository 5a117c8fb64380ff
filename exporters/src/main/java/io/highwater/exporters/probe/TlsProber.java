// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Family;
import io.highwater.core.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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
            opened.hearOut(attempt.atMost(PATIENCE));
        } catch (IOException e) {
            throw NetworkFailures.of(server.toString(), e, attempt);
        } finally {
            line = null;
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
