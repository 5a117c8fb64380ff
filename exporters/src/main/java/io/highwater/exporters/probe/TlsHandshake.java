// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import io.highwater.core.tls.ClientTls;
import io.highwater.core.tls.TlsParts;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes TLS of a connection, and tells what the server showed, accepted or not. Each time anew: a session that is taken
 * up again would show no certificate, and go on when that has expired.
 */
final class TlsHandshake {

    private final ClientTls tls;
    private final String serverName;
    private @Nullable TlsParts parts;

    /** @param serverName whose certificate is wanted */
    TlsHandshake(ClientTls tls, String serverName) {
        this.tls = tls;
        this.serverName = serverName;
    }

    /** @return TLS over the connection, which is closed with it */
    SSLSocket over(Socket plain, Samples out) throws IOException, CollectionException {
        var known = parts();
        var peer = new PeerCertificates(known.trust());
        var secured = (SSLSocket)
                known.context(peer).getSocketFactory().createSocket(plain, serverName, plain.getPort(), true);
        try {
            secured.startHandshake();
            PeerCertificates.addTo(out, secured.getSession());
            return secured;
        } catch (SSLException e) {
            parts = null; // the files may be others by now
            throw e;
        } finally {
            peer.addTo(out);
        }
    }

    private TlsParts parts() throws CollectionException {
        var known = parts;
        if (known == null) {
            known = tls.parts();
            parts = known;
        }
        return known;
    }
}
