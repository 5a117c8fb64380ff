// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import java.util.Optional;
import java.util.stream.Stream;

/** What the configuration says of one input of a policy. */
public record InputSettings(
        @Doc("the signal, for perReplica: and keepAt:") Optional<String> signal,

        @Doc("how much of the signal one replica takes: for what replicas share, as requests per second or messages")
        Optional<Double> perReplica,

        @Doc("where the signal is to stay: for what each replica has, as utilisation or latency")
        Optional<Double> keepAt,

        @Doc("work that has to be done in time") Optional<DrainSettings> drain,
        @Default("1") @Doc("for combine: weighted") double weight,

        @Default("0") @Doc("with perReplica: above that there is work")
        double activation) {

    public InputSettings {
        long ways =
                Stream.of(perReplica, keepAt, drain).filter(Optional::isPresent).count();
        Required.that(ways == 1, "needs one of perReplica:, keepAt: and drain:");
        Required.that(drain.isPresent() != signal.isPresent(), "signal: goes with perReplica: or keepAt:");
        perReplica.ifPresent(of -> Required.that(of > 0, "perReplica: must be above 0"));
        keepAt.ifPresent(of -> Required.that(of > 0, "keepAt: must be above 0"));
        Required.that(weight > 0, "weight: must be above 0");
    }
}
