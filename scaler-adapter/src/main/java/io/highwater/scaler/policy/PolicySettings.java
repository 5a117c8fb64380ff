// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the configuration says of one policy. Whether its signals exist is checked where all are known. */
public record PolicySettings(
        @Doc("the workload: `namespace/deployment/name`, or statefulset, or a plural with its group")
        String scale,

        @Default("1") @Doc("the fewest replicas; 0 lets KEDA scale to zero")
        int min,

        @Doc("the most replicas") int max,
        @Doc("what the number follows from") List<InputSettings> inputs,

        @Default("max") @Doc("how several inputs become one number")
        Combine combine,

        @Default("[]") @Doc("what limits it") List<GuardSettings> guards,

        @Default("act") @Doc("`observe` shows what it wants and answers what runs")
        Mode mode,

        @Default("0.1")
        @Doc("how much less than what runs it must want, as a part of that, before a replica is taken away")
        double deadBand,

        @Default("0.1") @Doc("the HPA's tolerance: smaller changes it ignores")
        double tolerance,

        @Doc("a signal that says how many replicas run; without it Kubernetes is asked")
        Optional<String> replicas,

        @Default("[]") @Doc("namespaces beside the workload's own that may read it")
        List<String> namespaces) {

    public PolicySettings {
        ScaleTarget.parse(scale);
        Required.that(min >= 0, "min: must not be below 0");
        Required.that(max >= Math.max(1, min), "max: must be at least 1, and not below min");
        Required.that(!inputs.isEmpty(), "inputs: without one there is nothing to scale by");
        Required.that(deadBand >= 0 && deadBand < 1, "deadBand: must be from 0 to below 1");
        Required.that(tolerance >= 0 && tolerance < 1, "tolerance: must be from 0 to below 1");
    }

    /** The signals that it names. */
    public List<String> signals() {
        var ofInputs = inputs.stream()
                .flatMap(input -> Stream.concat(
                        input.signal().stream(), input.drain().stream().flatMap(drain -> drain.signals().stream())));
        var ofGuards = guards.stream().flatMap(guard -> guard.signals().stream());
        return Stream.of(ofInputs, ofGuards, replicas.stream())
                .flatMap(of -> of)
                .toList();
    }

    ScaleTarget target() {
        return ScaleTarget.parse(scale);
    }
}
