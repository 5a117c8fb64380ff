// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import io.highwater.scaler.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a signal's series come to.
 *
 * @param values one for each combination of the labels that the signal groups by; empty when one is not known
 * @param problem why there are none; empty when there are
 */
record Numbers(List<Value> values, String problem) {

    static Numbers of(SignalSettings settings, List<Track> tracks) {
        var groups = new LinkedHashMap<List<String>, List<Track>>();
        tracks.forEach(track ->
                groups.computeIfAbsent(track.group(), _ -> new ArrayList<>()).add(track));
        var values = new ArrayList<Value>();
        for (var group : groups.entrySet()) {
            var of = group.getValue();
            if (of.stream().anyMatch(track -> track.number().isEmpty())) {
                return unknown("the window of " + settings.window().toSeconds() + " s is not half full");
            }
            double number = settings.aggregate()
                    .of(of.stream().mapToDouble(track -> track.number().orElseThrow()));
            if (!Double.isFinite(number)) {
                return unknown("the number is infinite");
            }
            var at = of.stream().map(Track::sampledAt).min(Instant::compareTo).orElseThrow();
            values.add(new Value(labels(settings.by(), group.getKey()), number, at, settings.window()));
        }
        return new Numbers(values, "");
    }

    private static Numbers unknown(String problem) {
        return new Numbers(List.of(), problem);
    }

    private static Map<String, String> labels(List<String> names, List<String> values) {
        var labels = new HashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            labels.put(names.get(i), values.get(i));
        }
        return labels;
    }
}
