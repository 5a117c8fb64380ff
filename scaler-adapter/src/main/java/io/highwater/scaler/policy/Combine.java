// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import java.util.Locale;

/** How what several inputs want becomes one number of replicas. */
public enum Combine {
    /** The one that wants most, as the HPA does. */
    MAX,
    /** The one that wants least. */
    MIN,
    /** All that they want together. */
    SUM,
    /** Their mean, each as heavy as its {@code weight}. */
    WEIGHTED;

    /** As the configuration spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
