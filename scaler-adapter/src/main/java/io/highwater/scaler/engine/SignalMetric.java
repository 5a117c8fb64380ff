// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.engine;

import io.highwater.scaler.Activity;
import io.highwater.scaler.Metric;
import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.Reading;
import io.highwater.scaler.Subscription;
import io.highwater.scaler.signal.Signal;
import io.highwater.scaler.signal.SignalState;
import io.highwater.scaler.signal.SignalState.Quality;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A signal as it is read from outside. Only a fresh one is a number: who asks for it is not known, so there is nothing that
 * could be held, and at an error nobody scales in.
 */
public final class SignalMetric implements Metric {

    private final Signal signal;
    private final Listeners listeners = new Listeners();

    SignalMetric(Signal signal) {
        this.signal = signal;
    }

    public Signal signal() {
        return signal;
    }

    @Override
    public String name() {
        return signal.name();
    }

    @Override
    public boolean readableFrom(String namespace) {
        return signal.settings().namespaces().contains(namespace);
    }

    @Override
    public List<ObjectReference> objects() {
        return signal.settings().references();
    }

    @Override
    public Reading read() {
        var state = signal.state(System.nanoTime());
        return state.quality() == Quality.FRESH
                ? new Reading.Numbers(Reading.Quality.FRESH, state.values())
                : new Reading.Unknown(reason(state));
    }

    private String reason(SignalState state) {
        return "signal " + name() + " is " + state.quality() + ": " + state.reason();
    }

    @Override
    public Activity activity() {
        var state = signal.state(System.nanoTime());
        if (state.quality() != Quality.FRESH) {
            return new Activity.Unknown(reason(state));
        }
        return state.sum() > 0 ? new Activity.Active() : new Activity.Idle();
    }

    @Override
    public OptionalDouble targetPerReplica() {
        return OptionalDouble.empty();
    }

    @Override
    public Subscription onChange(Runnable action) {
        return listeners.add(action);
    }

    void changed() {
        listeners.tell();
    }
}
