// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.page;

import io.highwater.core.ForeignSeries.Series;
import io.highwater.core.Globs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What of a page is kept: series by name, once each, that are numbers and of now. */
public final class KeptSeries {

    /** A sample with a time that is farther from now says nothing of now; Prometheus' own limit for what is old. */
    static final long FRESH_MILLIS = 5 * 60 * 1000;

    private record Identity(String name, Map<String, String> labels) {}

    private record Sample(double value, OptionalLong atMillis) {}

    private final List<String> globs;
    private final int most;
    private final long nowMillis;
    private final Map<Identity, Sample> kept = new LinkedHashMap<>();
    private int samples;
    private int notOfNow;

    /**
     * @param globs the names that are kept
     * @param most series; of a page with more none are
     */
    public KeptSeries(List<String> globs, int most, long nowMillis) {
        this.globs = globs;
        this.most = most;
        this.nowMillis = nowMillis;
    }

    boolean keeps(String name) {
        return Globs.any(globs, name);
    }

    /** One that is on the page and is not kept. */
    void pass() {
        samples++;
    }

    /** Returns what is wrong with it beside the others, or nothing. */
    @Nullable
    String add(String name, Map<String, String> labels, double value, OptionalLong atMillis) {
        samples++;
        if (atMillis.isPresent() && Math.abs(nowMillis - atMillis.getAsLong()) > FRESH_MILLIS) {
            notOfNow++;
            return null;
        }
        var sample = new Sample(value, atMillis);
        var other = kept.putIfAbsent(new Identity(name, Map.copyOf(labels)), sample);
        if (other != null) {
            return replace(name, labels, sample, other);
        }
        return kept.size() > most ? "more than " + most + " series that keep names (maxSeries)" : null;
    }

    /** The newer of two; which one holds when neither has a time, nobody knows. */
    private @Nullable String replace(String name, Map<String, String> labels, Sample sample, Sample other) {
        if (sample.atMillis.isEmpty() || other.atMillis.isEmpty() || sample.atMillis.equals(other.atMillis)) {
            return name + " twice with the same labels";
        }
        if (sample.atMillis.getAsLong() > other.atMillis.getAsLong()) {
            kept.put(new Identity(name, Map.copyOf(labels)), sample);
        }
        return null;
    }

    public List<Series> series() {
        var series = new ArrayList<Series>(kept.size());
        kept.forEach((identity, sample) -> {
            if (!Double.isNaN(sample.value)) {
                series.add(new Series(identity.name, identity.labels, sample.value));
            }
        });
        return series;
    }

    /** On the page, kept or not. */
    public int samples() {
        return samples;
    }

    /** What was left out, for people. */
    public List<String> notes() {
        var notes = new ArrayList<String>();
        long notNumbers = kept.values().stream()
                .filter(sample -> Double.isNaN(sample.value))
                .count();
        if (notNumbers > 0) {
            notes.add(notNumbers + " series left out: not a number");
        }
        if (notOfNow > 0) {
            notes.add(notOfNow + " samples left out: their time is more than 5 minutes from now");
        }
        if (kept.isEmpty() && notOfNow == 0) {
            notes.add("nothing on the page has a name that keep has");
        }
        return notes;
    }
}
