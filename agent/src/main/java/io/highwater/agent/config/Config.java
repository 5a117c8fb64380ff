// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.ComponentPlan;
import io.highwater.scaler.policy.PolicySettings;
import io.highwater.scaler.signal.SignalSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the agent is to do.
 *
 * @param plans every component of every cluster, in the files' order
 * @param signals by name
 * @param policies by name
 * @param files that were read, the main one first
 */
public record Config(
        List<ComponentPlan<?>> plans,
        Map<String, SignalSettings> signals,
        Map<String, PolicySettings> policies,
        List<Path> files) {
    public Config {
        plans = List.copyOf(plans);
        signals = Map.copyOf(signals);
        policies = Map.copyOf(policies);
        files = List.copyOf(files);
    }
}
