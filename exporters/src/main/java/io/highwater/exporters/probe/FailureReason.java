// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Reason;
import java.util.Locale;

/** Why a probe failed: a closed set, fit for a label, and what it is called where all exporters meet. */
enum FailureReason {
    /** A name has no address. */
    RESOLVE(Reason.REFUSED),
    /** Nobody listens there, or the way there is closed. */
    REFUSED(Reason.REFUSED),
    /** No end before the deadline. */
    TIMEOUT(Reason.TIMEOUT),
    /** No common language with the other end. */
    TLS(Reason.PROTOCOL),
    /** A certificate that is not valid: expired, of another host, of no known authority. */
    CERTIFICATE(Reason.PROTOCOL),
    /** The answer breaks its protocol, or is cut off. */
    PROTOCOL(Reason.PROTOCOL),
    /** A status that is not wanted. */
    STATUS(Reason.PROTOCOL),
    /** A header that is not as it should be. */
    HEADER(Reason.PROTOCOL),
    /** A body that is not as it should be. */
    BODY(Reason.PROTOCOL),
    /** A redirect that is not to be followed. */
    REDIRECT(Reason.PROTOCOL),
    /** A login was not accepted. */
    AUTH(Reason.AUTH),
    /** Answers that should agree do not. */
    MISMATCH(Reason.PROTOCOL),
    /** It is older than it may be. */
    STALE(Reason.PROTOCOL),
    /** It is not there. */
    MISSING(Reason.PROTOCOL),
    /** It is there and cannot be read, or others can read it who should not. */
    UNREADABLE(Reason.PROTOCOL),
    /** It was not tried: what it needs is not there, such as the file of a password or of an authority. */
    SETUP(Reason.AUTH);

    private final Reason reason;

    FailureReason(Reason reason) {
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** The value of the label {@code reason}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
