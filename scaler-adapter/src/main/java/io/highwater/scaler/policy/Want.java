// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.scaler.signal.SignalState;
import io.highwater.scaler.signal.SignalState.Quality;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one input wants at one moment.
 *
 * @param name of the input: its signal, or what is drained
 * @param quality of its signals, the worst
 * @param replicas not rounded; empty when it is not known
 * @param active whether there is work; empty when the input cannot tell
 * @param atRisk whether its objective will be missed with what runs
 * @param floor replicas that have work in their hands
 * @param formula how the number came about, with its numbers
 * @param caps by which it limited itself
 * @param numbers its signals
 * @param lever the signal that decides now; empty when none does alone
 * @param reason why the quality is not fresh; empty when it is
 */
public record Want(
        String name,
        Quality quality,
        OptionalDouble replicas,
        Optional<Boolean> active,
        boolean atRisk,
        int floor,
        String formula,
        List<Cap> caps,
        List<Seen> numbers,
        Optional<Lever> lever,
        String reason) {

    /** One signal's part in the number: so much is its value now, and each one more adds so many replicas. */
    public record Lever(String signal, double value, double replicasPerUnit) {}

    /** A signal that was looked at. */
    public record Seen(String signal, Quality quality, OptionalDouble value, Duration age) {
        static Seen of(String name, SignalState state) {
            var value = state.values().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(state.sum());
            return new Seen(name, state.quality(), value, state.age());
        }
    }

    public Want {
        caps = List.copyOf(caps);
        numbers = List.copyOf(numbers);
    }

    /** Nothing is known. */
    static Want unknown(String name, List<Seen> numbers, String reason) {
        return new Want(
                name,
                Quality.DEAD,
                OptionalDouble.empty(),
                Optional.empty(),
                false,
                0,
                "",
                List.of(),
                numbers,
                Optional.empty(),
                reason);
    }
}
