// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import java.util.Locale;

/** What a policy does with what it wants. */
public enum Mode {
    /** Answers it. */
    ACT,
    /** Answers what runs, and shows what it would have answered. */
    OBSERVE;

    /** As the configuration spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
