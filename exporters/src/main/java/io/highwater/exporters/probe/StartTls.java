// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Locale;

/** How a server is asked to go on in TLS. */
enum StartTls {
    /** It speaks TLS from the first byte. */
    NONE,
    /** As a client of Postgres does, by an SSLRequest. */
    POSTGRES;

    private static final int SSL_REQUEST_BYTES = 8;
    private static final int SSL_REQUEST = 80_877_103;

    /** Returns when the server goes on in TLS. */
    void ask(Socket server) throws IOException, ProbeFailure {
        if (this == POSTGRES) {
            var out = new DataOutputStream(server.getOutputStream());
            out.writeLong((long) SSL_REQUEST_BYTES << 32 | SSL_REQUEST);
            switch (server.getInputStream().read()) {
                case 'S' -> {}
                case 'N' -> throw new ProbeFailure(FailureReason.TLS, "the server has no TLS");
                case -1 -> throw new EOFException();
                default -> throw new ProbeFailure(FailureReason.PROTOCOL, "this is no Postgres");
            }
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
