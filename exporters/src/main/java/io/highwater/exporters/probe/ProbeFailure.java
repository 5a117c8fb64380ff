// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

/** What was tried is not as it should be. */
final class ProbeFailure extends Exception {

    private final FailureReason reason;

    /** @param message for people: what is wrong, and never a secret */
    ProbeFailure(FailureReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ProbeFailure(FailureReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    FailureReason reason() {
        return reason;
    }
}
