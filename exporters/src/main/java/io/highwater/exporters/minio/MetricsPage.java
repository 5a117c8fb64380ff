// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.ForeignSeries.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One page of a server's metrics, and what we take from it.
 *
 * @param v3 its path in metrics v3
 * @param v2 the last word of the page's path in metrics v2 that has the same
 */
record MetricsPage(String v3, String v2, List<Term> terms) {

    /** One label by several names. */
    private static final Map<String, String> LABELS =
            Map.of("name", "api", "pool_id", "pool", "set_id", "set", "pool_index", "pool", "set_index", "set");

    MetricsPage {
        terms = List.copyOf(terms);
    }

    /** The names on it that are of use. */
    Stream<String> names(MetricsVersion version) {
        return terms.stream()
                .flatMap(term -> Stream.of(term.name(version), term.zero(version)))
                .filter(name -> !name.isEmpty());
    }

    /** In our words, each series once. */
    List<Reading> read(List<Series> series, MetricsVersion version) {
        var byName = new HashMap<String, List<Series>>();
        series.forEach(one ->
                byName.computeIfAbsent(one.name(), _ -> new ArrayList<>()).add(one));
        var readings = new ArrayList<Reading>();
        for (var term : terms) {
            readings.addAll(read(term, byName, version));
        }
        return readings;
    }

    private static List<Reading> read(Term term, Map<String, List<Series>> byName, MetricsVersion version) {
        var found = new LinkedHashMap<List<String>, Reading>();
        for (var one : byName.getOrDefault(term.name(version), List.of())) {
            add(found, term, one, one.value() * term.scale(version));
        }
        byName.getOrDefault(term.zero(version), List.of()).forEach(one -> add(found, term, one, 0));
        if (version == MetricsVersion.V3 && found.isEmpty() && term.silentIsZero()) {
            add(found, term, new Series(term.v3(), Map.of(), 0), 0);
        }
        return List.copyOf(found.values());
    }

    private static void add(Map<List<String>, Reading> found, Term term, Series one, double value) {
        var labels = new HashMap<>(term.fixed());
        one.labels().forEach((name, text) -> labels.put(LABELS.getOrDefault(name, name), text));
        // v3 writes PutObject, v2 putobject.
        labels.computeIfPresent("api", (_, api) -> api.toLowerCase(Locale.ROOT));
        var values = new ArrayList<String>();
        for (var label : term.family().labels()) {
            values.add(labels.getOrDefault(label, ""));
        }
        // No number of MinIO's is below 0, but for what nobody has told it yet.
        if (Double.isFinite(value) && value >= 0 && !values.contains("")) {
            found.putIfAbsent(values, new Reading(term.family(), values, value));
        }
    }
}
