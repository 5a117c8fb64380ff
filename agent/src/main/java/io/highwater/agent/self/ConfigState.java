// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import java.time.Instant;
import java.util.List;

/**
 * How the configuration was read the last time.
 *
 * @param since when the configuration in force was read
 * @param problems why the last reading was refused; empty when it was not
 */
public record ConfigState(Instant since, List<String> problems) {

    public static final ConfigState NONE = new ConfigState(Instant.EPOCH, List.of());

    public ConfigState {
        problems = List.copyOf(problems);
    }

    public boolean successful() {
        return problems.isEmpty();
    }
}
