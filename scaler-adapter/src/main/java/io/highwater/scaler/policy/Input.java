// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.scaler.signal.SignalState.Quality;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a policy's number of replicas follows from. */
interface Input {

    Want want(Moment moment);

    static Input of(InputSettings settings, Names names) {
        if (settings.drain().isPresent()) {
            return new Drain(settings.drain().get(), names);
        }
        var signal = settings.signal().orElseThrow();
        return settings.perReplica()
                .<Input>map(target -> new PerReplica(signal, target, settings.activation()))
                .orElseGet(() -> new KeepAt(signal, settings.keepAt().orElseThrow()));
    }

    /** Of what replicas share, each takes a part. */
    record PerReplica(String signal, double target, double activation) implements Input {
        @Override
        public Want want(Moment moment) {
            var state = moment.signal(signal);
            var numbers = List.of(Want.Seen.of(signal, state));
            if (state.quality() == Quality.DEAD) {
                return Want.unknown(signal, numbers, state.reason());
            }
            double value = state.sum();
            return new Want(
                    signal,
                    state.quality(),
                    OptionalDouble.of(Math.max(0, value / target)),
                    Optional.of(value > activation),
                    false,
                    0,
                    "%s / %s per replica".formatted(Words.number(value), Words.number(target)),
                    List.of(),
                    numbers,
                    Optional.of(new Want.Lever(signal, value, 1 / target)),
                    state.reason());
        }
    }

    /** What each replica has is to stay at a value: as many times more replicas as it is above. */
    record KeepAt(String signal, double target) implements Input {
        @Override
        public Want want(Moment moment) {
            var state = moment.signal(signal);
            var numbers = List.of(Want.Seen.of(signal, state));
            if (state.quality() == Quality.DEAD) {
                return Want.unknown(signal, numbers, state.reason());
            }
            if (moment.running().isEmpty()) {
                return Want.unknown(signal, numbers, "how many replicas run is not known, and \"keepAt\" needs it");
            }
            int running = Math.max(1, moment.running().get().ready());
            double value = Math.max(0, state.sum());
            return new Want(
                    signal,
                    state.quality(),
                    OptionalDouble.of(running * value / target),
                    Optional.empty(),
                    false,
                    0,
                    "%d running x %s / %s".formatted(running, Words.number(value), Words.number(target)),
                    List.of(),
                    numbers,
                    Optional.of(new Want.Lever(signal, value, running / target)),
                    state.reason());
        }
    }
}
