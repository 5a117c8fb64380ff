// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import static java.util.stream.Collectors.toMap;

import io.highwater.scaler.Activity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a policy made of its inputs at one moment.
 *
 * @param at when, by the wall clock
 * @param nanos when, on the {@link System#nanoTime} scale
 * @param sampledAt the oldest sample that the answer is made of
 * @param replicas what it answers; empty for an error, so that what runs stays
 * @param wanted what the inputs want together, not rounded and without limits; empty when that is not known
 * @param held whether the answer is what runs because something is not known or only observed
 * @param activity whether there is work
 * @param inputs in the configuration's order
 * @param winner the input that the number is of; empty when it is of several, or of none
 * @param caps the limits that were below what was wanted, those that did not decide too
 * @param running the replicas that there were
 * @param reason how the answer came about, in one sentence
 */
public record Decision(
        Instant at,
        long nanos,
        Instant sampledAt,
        OptionalInt replicas,
        OptionalDouble wanted,
        boolean held,
        Activity activity,
        List<Want> inputs,
        Optional<String> winner,
        List<Cap> caps,
        Optional<Running> running,
        String reason) {

    public Decision {
        inputs = List.copyOf(inputs);
        caps = List.copyOf(caps);
    }

    /** The lowest limit of each kind of guard. */
    public Map<String, Integer> leastCaps() {
        return caps.stream().collect(toMap(Cap::guard, Cap::replicas, Math::min, TreeMap::new));
    }
}
