// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.ComponentPlan;
import java.nio.file.Path;
import java.util.List;

/**
 * What the agent is to do.
 *
 * @param plans every component of every cluster, in the files' order
 * @param files that were read, the main one first
 */
public record Config(List<ComponentPlan<?>> plans, List<Path> files) {
    public Config {
        plans = List.copyOf(plans);
        files = List.copyOf(files);
    }
}
