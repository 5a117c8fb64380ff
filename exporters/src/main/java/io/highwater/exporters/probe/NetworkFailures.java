// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What an exception of the network means for a probe. */
final class NetworkFailures {

    private NetworkFailures() {}

    /** The same; whatever ends after the deadline was cut there. */
    static ProbeFailure of(String what, IOException error, Attempt attempt) {
        return attempt.left().isZero() ? of(what, new InterruptedIOException()) : of(what, error);
    }

    /** @param what was tried, for the message */
    static ProbeFailure of(String what, IOException error) {
        var reason = reason(error);
        return new ProbeFailure(reason, what + ": " + text(reason, error), error);
    }

    static FailureReason reason(IOException error) {
        return switch (error) {
            case InterruptedIOException _ -> FailureReason.TIMEOUT;
            case UnknownHostException _ -> FailureReason.RESOLVE;
            case ConnectException e when isTimeout(e) -> FailureReason.TIMEOUT;
            case ConnectException _, NoRouteToHostException _, PortUnreachableException _ -> FailureReason.REFUSED;
            case SSLPeerUnverifiedException _ -> FailureReason.CERTIFICATE;
            case SSLException e when isAboutACertificate(e) -> FailureReason.CERTIFICATE;
            case SSLException _ -> FailureReason.TLS;
            default -> FailureReason.PROTOCOL;
        };
    }

    /** The kernel's own patience may be shorter than ours. */
    private static boolean isTimeout(ConnectException error) {
        return String.valueOf(error.getMessage()).contains("timed out");
    }

    private static boolean isAboutACertificate(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            // An alert of the server's about our certificate, or about that we have none, is text alone.
            if (cause instanceof CertificateException
                    || String.valueOf(cause.getMessage()).matches(".*Received fatal alert: .*(certificate|_ca).*")) {
                return true;
            }
        }
        return false;
    }

    private static String text(FailureReason reason, IOException error) {
        if (error instanceof UnknownHostException) {
            return "the name has no address";
        }
        if (error instanceof EOFException) {
            return "the connection was closed";
        }
        if (error instanceof ProtocolException) {
            return "the answer breaks the form of HTTP"; // the client would quote it
        }
        return reason == FailureReason.TIMEOUT ? "no end before the deadline" : String.valueOf(error.getMessage());
    }
}
