// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.Nearest;
import io.highwater.scaler.Metric;
import io.highwater.scaler.Metrics;
import io.highwater.scaler.Reading;
import io.highwater.scaler.Value;
import io.highwater.scaler.kube.wire.LabelSelector;
import io.highwater.scaler.kube.wire.Refusal;
import io.highwater.scaler.kube.wire.ValueList.Item;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads metrics for one who asks from a namespace. What has no number is refused with what to do about it: an autoscaler
 * changes nothing then, where it would scale in at a zero or at an empty list.
 */
final class Readings {

    /** So many names fit into a message. */
    private static final int FEW = 10;

    private final Metrics metrics;
    private final ReadMeters meters;

    Readings(Metrics metrics, ReadMeters meters) {
        this.metrics = metrics;
        this.meters = meters;
    }

    /** Makes of what was selected what is answered. */
    @FunctionalInterface
    interface Use {
        List<Item> items(Selected selected) throws Refusal;
    }

    /** @param group through which it is read */
    List<Item> read(String group, String namespace, String name, LabelSelector selector, Use use) throws Refusal {
        String counted = "";
        try {
            Metric metric = find(name, namespace);
            counted = namespace;
            Reading reading = metric.read();
            Selected selected = select(metric, reading, selector);
            List<Item> items = use.items(selected);
            meters.served(group, namespace, quality(reading), selected.values());
            return items;
        } catch (Refusal refused) {
            meters.refused(group, counted, refused);
            throw refused;
        }
    }

    private static String quality(Reading reading) {
        return reading instanceof Reading.Numbers numbers && numbers.quality() == Reading.Quality.STALE
                ? "stale"
                : "fresh";
    }

    private Metric find(String name, String namespace) throws Refusal {
        Metric metric = metrics.find(name).orElseThrow(() -> unknown(name, namespace));
        if (!metric.readableFrom(namespace)) {
            throw Refusal.forbidden("metric \"" + name + "\" may not be read from namespace \"" + namespace
                    + "\": add it to the metric's key \"namespaces\" in the configuration of Highwater");
        }
        return metric;
    }

    private Refusal unknown(String name, String namespace) {
        Set<String> readable = new TreeSet<>(metrics.all().stream()
                .filter(metric -> metric.readableFrom(namespace))
                .map(Metric::name)
                .toList());
        String also = Nearest.to(name, readable)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElseGet(() -> known(readable, namespace));
        return Refusal.notFound("there is no metric \"" + name + "\"; " + also);
    }

    private static String known(Collection<String> readable, String namespace) {
        if (readable.isEmpty()) {
            return "none may be read from namespace \"" + namespace + "\"";
        }
        return readable.size() <= FEW
                ? "there are " + String.join(", ", readable)
                : readable.size() + " others may be read from namespace \"" + namespace + "\"";
    }

    private static Selected select(Metric metric, Reading reading, LabelSelector selector) throws Refusal {
        Reading.Numbers numbers =
                switch (reading) {
                    case Reading.Numbers known -> known;
                    case Reading.Unknown unknown ->
                        throw Refusal.unavailable("metric \"" + metric.name() + "\" has no value: " + unknown.reason());
                };
        List<Value> selected = numbers.values().stream()
                .filter(value -> selector.matches(value.labels()))
                .toList();
        if (selected.isEmpty()) {
            throw nothingSelected(metric, selector, numbers.values());
        }
        return new Selected(metric, selected);
    }

    private static Refusal nothingSelected(Metric metric, LabelSelector selector, List<Value> values) {
        Set<String> labels = new TreeSet<>();
        values.forEach(value -> labels.addAll(value.labels().keySet()));
        return Refusal.notFound("metric \"" + metric.name() + "\" has no value for the selector \"" + selector
                + "\"; it has " + (labels.isEmpty() ? "no labels" : "the labels " + String.join(", ", labels))
                + " and " + values.size() + (values.size() == 1 ? " value" : " values"));
    }
}
