// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler;

import java.util.Collection;
import java.util.Optional;

/** All that may be read, as of the configuration in force. */
public interface Metrics {

    Optional<Metric> find(String name);

    /** In the order of their names. */
    Collection<Metric> all();
}
