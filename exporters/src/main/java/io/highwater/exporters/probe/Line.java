// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSocket;

/** A connection of one attempt, plain or in TLS. Its phases are told as they end. */
final class Line implements AutoCloseable {

    private final DeadlineSocket plain;
    private Socket open;

    private Line(DeadlineSocket plain) {
        this.plain = plain;
        this.open = plain;
    }

    /** Looks up the address, and connects. */
    static Line to(HostPort target, Attempt attempt, Samples out)
            throws ProbeFailure, IOException, InterruptedException {
        long started = System.nanoTime();
        var address = Lookup.of(target, attempt, out);
        tell(out, "resolve", started);
        long resolved = System.nanoTime();
        var socket = new DeadlineSocket(attempt);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(address, (int) Math.min(attempt.left("a connection").toMillis(), Integer.MAX_VALUE));
            tell(out, "connect", resolved);
            return new Line(socket);
        } catch (IOException | ProbeFailure e) {
            socket.close();
            throw e;
        }
    }

    /** Goes on in TLS. */
    void secure(StartTls startTls, TlsHandshake handshake, Samples out)
            throws IOException, ProbeFailure, CollectionException {
        long started = System.nanoTime();
        if (startTls != StartTls.NONE) {
            startTls.ask(plain);
            tell(out, "starttls", started);
        }
        long agreed = System.nanoTime();
        open = handshake.over(plain, out);
        tell(out, "tls", agreed);
    }

    /**
     * Says that we have nothing more to say, and hears whether the server has: in TLS 1.3, that it does not accept our
     * certificate comes after the handshake.
     *
     * @param patience with a server that neither answers nor closes, which is as well
     */
    void hearOut(Attempt patience) throws IOException {
        plain.endWith(patience);
        if (open instanceof SSLSocket secured) {
            secured.shutdownOutput();
        }
        try {
            open.getInputStream().read();
        } catch (SocketTimeoutException e) {
            // It had nothing against us.
        }
    }

    Socket socket() {
        return open;
    }

    private static void tell(Samples out, String phase, long sinceNanos) {
        out.add(NetworkFamilies.PHASE, (System.nanoTime() - sinceNanos) / 1e9, phase);
    }

    /** Without waiting for the other end, from any thread. */
    @Override
    public void close() {
        try {
            plain.close();
        } catch (IOException e) {
            // It is as closed as it gets.
        }
    }
}
