// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Family;
import io.highwater.core.Samples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Connects. */
final class TcpProber implements Prober {

    static final List<Family> FAMILIES = List.of();

    private final TcpSettings settings;

    TcpProber(TcpSettings settings) {
        this.settings = settings;
    }

    @Override
    public void probe(Attempt attempt, Samples out) throws ProbeFailure {
        int colon = settings.address().lastIndexOf(':');
        var address = new InetSocketAddress(
                settings.address().substring(0, colon),
                Integer.parseInt(settings.address().substring(colon + 1)));
        try (var socket = new Socket()) {
            socket.connect(address, Math.toIntExact(attempt.left("a connection").toMillis()));
        } catch (IOException e) {
            throw new ProbeFailure(FailureReason.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }
}
