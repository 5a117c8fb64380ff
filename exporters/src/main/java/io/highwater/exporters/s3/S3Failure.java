// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** A request that did not do what it was to do. The message is for people and carries no secret. */
final class S3Failure extends Exception {

    private final FailureReason reason;
    private final Optional<String> code;

    S3Failure(FailureReason reason, String message) {
        this(reason, Optional.empty(), message);
    }

    /** @param code that the store gave */
    S3Failure(FailureReason reason, Optional<String> code, String message) {
        super(message);
        this.reason = reason;
        this.code = code;
    }

    private S3Failure(FailureReason reason, CollectionException cause) {
        super(cause.getMessage(), cause);
        this.reason = reason;
        this.code = Optional.empty();
    }

    /** What kept an answer away. */
    static S3Failure of(CollectionException failure) {
        return new S3Failure(reason(failure), failure);
    }

    private static FailureReason reason(CollectionException failure) {
        return switch (failure.getCause()) {
            case SSLException _ -> FailureReason.TLS;
            case UnknownHostException _ -> FailureReason.RESOLVE;
            case null, default -> reason(failure.reason());
        };
    }

    private static FailureReason reason(Reason of) {
        return switch (of) {
            case TIMEOUT, OVERRUN -> FailureReason.TIMEOUT;
            case REFUSED -> FailureReason.REFUSED;
            case AUTH -> FailureReason.AUTH;
            case PROTOCOL, BUG -> FailureReason.PROTOCOL;
        };
    }

    FailureReason reason() {
        return reason;
    }

    boolean hasCode(String wanted) {
        return code.equals(Optional.of(wanted));
    }

    /** Whether the store has no such thing to ask for, rather than that it failed. */
    boolean isNotImplemented() {
        return hasCode("NotImplemented") || hasCode("MethodNotAllowed");
    }

    CollectionException asCollectionFailure() {
        return new CollectionException(reason.reason(), reason.label() + ": " + getMessage(), this);
    }
}
