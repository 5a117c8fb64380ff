// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

/** A collection that failed for a known reason. The message is for people and carries no secret. */
public final class CollectionException extends Exception {

    private final Reason reason;

    public CollectionException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public CollectionException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
