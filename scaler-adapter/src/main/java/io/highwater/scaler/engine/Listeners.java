// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.engine;

import io.highwater.scaler.Subscription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Those who want to be told of a change. */
final class Listeners {

    private final Map<Object, Runnable> actions = new ConcurrentHashMap<>();

    Subscription add(Runnable action) {
        var key = new Object();
        actions.put(key, action);
        return () -> actions.remove(key);
    }

    void tell() {
        actions.values().forEach(Runnable::run);
    }
}
