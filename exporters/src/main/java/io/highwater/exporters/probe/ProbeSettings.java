// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Doc;
import java.util.Map;

/** What the configuration says of probes, under {@code clusters.<name>.probe}. */
public record ProbeSettings(
        @Doc("the probes, by a stable name each") Map<String, ProbePlan> probes) {

    public ProbeSettings {
        if (probes.isEmpty()) {
            throw new IllegalArgumentException("probes: write at least one");
        }
    }

    ProbePlan plan(String name) {
        var plan = probes.get(name);
        if (plan == null) {
            throw new IllegalArgumentException("there is no probe " + name);
        }
        return plan;
    }
}
