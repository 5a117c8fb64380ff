// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Target;

/** What the configuration says of one probe: the data of a prober. */
interface ProberSettings {

    /** Without I/O. */
    Prober open(Target target);

    /** Whether users see what is tried, so that its failure is the cluster's. */
    default boolean isOfService() {
        return true;
    }
}
