// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.util.List;
import java.util.Map;

/** Real servers with work on them, as one cluster of the agent's configuration. */
interface Stack extends AutoCloseable {

    /** What the agent is to watch: lines below the cluster's name, without an indent. */
    List<String> components();

    /** Variables of the environment that those lines name. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** Stops all of it. */
    @Override
    void close();
}
