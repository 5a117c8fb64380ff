// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.scaler.signal.SignalState;
import java.util.Optional;
import java.util.function.Function;

/**
 * What inputs and guards look at.
 *
 * @param nanos the time on the {@link System#nanoTime} scale
 * @param running the workload's replicas, when they are known
 * @param signals by name; all that the settings name exist
 */
record Moment(long nanos, Optional<Running> running, Function<String, SignalState> signals) {

    SignalState signal(String name) {
        return signals.apply(name);
    }
}
