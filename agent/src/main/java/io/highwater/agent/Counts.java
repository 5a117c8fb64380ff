// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.config.Config;
import io.highwater.core.ComponentPlan;

/** How much a configuration watches. */
final class Counts {

    private Counts() {}

    static long clusters(Config config) {
        return config.plans().stream().map(ComponentPlan::cluster).distinct().count();
    }

    static long targets(Config config) {
        return config.plans().stream().mapToLong(plan -> plan.targets().size()).sum();
    }
}
