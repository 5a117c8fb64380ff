// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.List;
import java.util.Map;

/**
 * A firing alert as an Alertmanager holds it.
 *
 * @param inhibitors fingerprints of the alerts that inhibit it; empty when people are told of it
 */
public record HeldAlert(Map<String, String> labels, String fingerprint, List<String> inhibitors) {

    public HeldAlert {
        labels = Map.copyOf(labels);
        inhibitors = List.copyOf(inhibitors);
    }

    static HeldAlert of(Object json) {
        var alert = (Map<?, ?>) json;
        var status = alert.get("status") instanceof Map<?, ?> map ? map : Map.of();
        var inhibitors = status.get("inhibitedBy") instanceof List<?> list ? list : List.of();
        return new HeldAlert(
                Json.texts(alert.get("labels")),
                String.valueOf(alert.get("fingerprint")),
                inhibitors.stream().map(String::valueOf).toList());
    }

    public String name() {
        return label("alertname");
    }

    /** Empty when there is none. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    public boolean inhibited() {
        return !inhibitors.isEmpty();
    }
}
