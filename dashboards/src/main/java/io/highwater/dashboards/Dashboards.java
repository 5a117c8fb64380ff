// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import io.highwater.core.Level;
import java.util.List;

/** Every dashboard there is. */
public final class Dashboards {

    private Dashboards() {}

    /** With the thresholds of the alerts at this level. */
    public static List<Dashboard> all(Level level) {
        var limits = new Limits(level);
        return List.of(
                OverviewDashboard.of(limits),
                PostgresDashboard.of(limits),
                JetStreamDashboard.of(limits),
                RedisDashboard.of(limits),
                QueuesDashboard.of(limits),
                OutboxDashboard.of(limits),
                S3Dashboard.of(limits),
                ProbeDashboard.of(limits),
                ScalingDashboard.of(limits),
                ServiceLevelsDashboard.of(limits),
                AgentDashboard.of(limits));
    }
}
