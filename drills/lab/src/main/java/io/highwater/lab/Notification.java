// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an Alertmanager told a receiver at one time: the alerts of one group.
 *
 * @param receiver its name in the Alertmanager's configuration
 * @param received by this machine's clock
 */
public record Notification(String receiver, Instant received, List<Told> alerts) {

    /** An alert in it. */
    public record Told(boolean firing, Map<String, String> labels, Map<String, String> annotations) {

        public Told {
            labels = Map.copyOf(labels);
            annotations = Map.copyOf(annotations);
        }

        static Told of(Object json) {
            var alert = (Map<?, ?>) json;
            return new Told(
                    "firing".equals(alert.get("status")),
                    Json.texts(alert.get("labels")),
                    Json.texts(alert.get("annotations")));
        }

        public String name() {
            return label("alertname");
        }

        /** Empty when there is none. */
        public String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    public Notification {
        alerts = List.copyOf(alerts);
    }

    /** From the body of an Alertmanager's webhook. */
    static Notification of(String body, Instant received) {
        if (!(Json.read(body) instanceof Map<?, ?> map) || !(map.get("alerts") instanceof List<?> alerts)) {
            throw new LabException("no notification: " + body);
        }
        return new Notification(
                String.valueOf(map.get("receiver")),
                received,
                alerts.stream().map(Told::of).toList());
    }

    /** The names of the alerts that it says are firing, sorted, each once. */
    public List<String> firing() {
        return alerts.stream()
                .filter(Told::firing)
                .map(Told::name)
                .distinct()
                .sorted()
                .toList();
    }
}
