// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.util.HashMap;
import java.util.Map;

/** An alert that fires, by its labels. */
record Fired(Map<String, String> labels) {

    static Fired critical(String name, Layer layer, String component) {
        return of(name, "critical", layer, component);
    }

    static Fired warning(String name, Layer layer, String component) {
        return of(name, "warning", layer, component);
    }

    static Fired info(String name, Layer layer, String component) {
        return of(name, "info", layer, component);
    }

    private static Fired of(String name, String severity, Layer layer, String component) {
        return new Fired(
                Map.of("alertname", name, "severity", severity, "layer", layer.label(), "component", component));
    }

    Fired with(String label, String value) {
        var more = new HashMap<>(labels);
        more.put(label, value);
        return new Fired(more);
    }
}
