// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.Locale;

/** Why a collection failed: a closed set, fit for a label. */
public enum Reason {
    /** No answer before the deadline. */
    TIMEOUT,
    /** The backend cannot be reached or turns connections away. */
    REFUSED,
    /** The backend knows us and says no: wrong password, missing right. */
    AUTH,
    /** The backend answered what its protocol does not allow, or an error of its own. */
    PROTOCOL,
    /** The run before was still in flight, or no connection was free before the deadline. */
    OVERRUN,
    /** Our own mistake. */
    BUG;

    /** The value of the label {@code reason}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
