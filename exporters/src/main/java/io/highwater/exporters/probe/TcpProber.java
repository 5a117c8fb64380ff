// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.core.Family.compatible;

import io.highwater.core.CollectionException;
import io.highwater.core.Family;
import io.highwater.core.Family.Kind;
import io.highwater.core.Samples;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connects, goes on in TLS when that is wanted, and holds a dialogue. */
final class TcpProber implements Prober {

    static final Family FAILED_DUE_TO_REGEX = compatible(
                    "probe_failed_due_to_regex", Kind.GAUGE, "Whether what was heard is not what is expected.")
            .from("regular expressions of the configuration");

    static final List<Family> FAMILIES = Stream.of(
                    NetworkFamilies.ALL, CertificateFamilies.ALL, List.of(FAILED_DUE_TO_REGEX))
            .flatMap(List::stream)
            .toList();

    private final TcpSettings settings;
    private final HostPort server;
    private final TlsHandshake handshake;
    private volatile @Nullable Line line;

    TcpProber(TcpSettings settings) {
        this.settings = settings;
        this.server = settings.server();
        this.handshake = settings.handshake();
    }

    @Override
    public void probe(Attempt attempt, Samples out) throws ProbeFailure, CollectionException, InterruptedException {
        try (var opened = Line.to(server, attempt, out)) {
            line = opened;
            if (settings.beginsWithTls()) {
                opened.secure(settings.startTls(), handshake, out);
            }
            if (!settings.queryResponse().isEmpty()) {
                new Dialogue(opened, handshake, attempt, out).hold(settings.queryResponse());
            }
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
