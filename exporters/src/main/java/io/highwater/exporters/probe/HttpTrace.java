// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Samples;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** How long each phase of an attempt took, summed over its requests. Phases that did not end are not told. */
final class HttpTrace extends EventListener {

    /** In their order. */
    enum Phase {
        RESOLVE,
        CONNECT,
        TLS,
        PROCESSING,
        TRANSFER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
    private long connectStarted;
    private long tlsStarted;
    private long sendingStarted;
    private long headRead;
    private @Nullable Handshake handshake;

    void addTo(Samples out) {
        nanos.forEach((phase, took) -> out.add(HttpFamilies.PHASE, took / 1e9, phase.label()));
        if (handshake != null) {
            PeerCertificates.addTo(
                    out,
                    handshake.tlsVersion().javaName(),
                    handshake.cipherSuite().javaName());
        }
    }

    void resolved(long sinceNanos) {
        add(Phase.RESOLVE, sinceNanos, System.nanoTime());
    }

    /** The body was read to its end. */
    void transferred() {
        add(Phase.TRANSFER, headRead, System.nanoTime());
    }

    private void add(Phase phase, long from, long to) {
        nanos.merge(phase, to - from, Long::sum);
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        connectStarted = System.nanoTime();
        tlsStarted = 0;
    }

    @Override
    public void secureConnectStart(Call call) {
        tlsStarted = System.nanoTime();
        add(Phase.CONNECT, connectStarted, tlsStarted);
    }

    @Override
    public void secureConnectEnd(Call call, @Nullable Handshake agreed) {
        handshake = agreed;
        add(Phase.TLS, tlsStarted, System.nanoTime());
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        if (tlsStarted == 0) {
            add(Phase.CONNECT, connectStarted, System.nanoTime());
        }
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        sendingStarted = System.nanoTime();
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        headRead = System.nanoTime();
        add(Phase.PROCESSING, sendingStarted, headRead);
    }
}
