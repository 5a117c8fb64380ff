// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;

/**
 * An error that the JetStream API answered with.
 *
 * @param code as in the servers' list of errors
 */
record ApiError(int code, String description) {

    private static final int NO_META_LEADER = 10008;
    private static final int NOT_ENABLED_FOR_ACCOUNT = 10039;
    private static final int STREAM_NOT_FOUND = 10059;

    boolean noMetaLeader() {
        return code == NO_META_LEADER;
    }

    boolean streamNotFound() {
        return code == STREAM_NOT_FOUND;
    }

    CollectionException failure() {
        var reason = code == NOT_ENABLED_FOR_ACCOUNT ? Reason.AUTH : Reason.PROTOCOL;
        return new CollectionException(reason, description + " (" + code + ")");
    }
}
