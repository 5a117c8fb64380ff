// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How KEDA is served.
 *
 * @param listen port 0 is any free one
 * @param tls plaintext when empty
 * @param resend how often an open stream is told its state again although it did not change: KEDA may have missed what to do
 */
public record KedaOptions(InetSocketAddress listen, Optional<Tls> tls, Duration resend) {

    /**
     * PEM files, read again when they change.
     *
     * @param cert the server's certificate, with those between it and its authority
     * @param key of the certificate, not encrypted
     * @param clientCa who signs the certificates that clients have to show; when empty they need none
     */
    public record Tls(Path cert, Path key, Optional<Path> clientCa) {}

    public KedaOptions {
        if (!resend.isPositive()) {
            throw new IllegalArgumentException("resend: write a duration above 0");
        }
    }

    /** Told again every 5 s. */
    public static KedaOptions of(InetSocketAddress listen, Optional<Tls> tls) {
        return new KedaOptions(listen, tls, Duration.ofSeconds(5));
    }
}
