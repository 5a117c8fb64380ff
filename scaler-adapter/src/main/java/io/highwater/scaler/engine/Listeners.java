// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.engine;

import io.highwater.scaler.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who want to be told of a change. */
final class Listeners {

    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    Subscription add(Runnable action) {
        Runnable own = action::run; // one to remove, even if somebody comes twice with the same
        actions.add(own);
        return () -> actions.remove(own);
    }

    void tell() {
        actions.forEach(Runnable::run);
    }
}
