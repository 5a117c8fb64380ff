// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;

/** What can happen to the agent itself. */
final class AgentDrills {

    static final Drill<Monitoring> DOWN = Drill.of(
            "HighwaterDown", "the only agent ends", Duration.ZERO, Monitoring::stopAgent, Monitoring::startAgent);

    private AgentDrills() {}
}
