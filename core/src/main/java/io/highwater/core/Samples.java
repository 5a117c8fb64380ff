// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The builder of one collection. Confined to the thread of its collection; what was added is published whole when the
 * collection succeeds or {@linkplain #fail fails by its own word}, and not at all when it is cut or throws.
 */
public final class Samples {

    private final SeriesPrefixes prefixes;
    private final int maxSeries;
    private final boolean nodeGiven;
    private final Map<Family, Lines> families = new LinkedHashMap<>();
    private final Map<Family, Integer> dropped = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable Record fact;
    private Outcome.@Nullable Failed failure;
    private boolean unchanged;

    private static final class Lines {
        final LineBuffer buffer = new LineBuffer();
        final Map<List<String>, byte[]> series = new HashMap<>();
        final List<List<String>> labelValues = new ArrayList<>();
        double[] values = new double[1];
        int size;

        void keep(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }
    }

    Samples(Target target, SeriesPrefixes prefixes, int maxSeries) {
        this.prefixes = prefixes;
        this.maxSeries = maxSeries;
        this.nodeGiven = !target.node().isEmpty();
    }

    /** Samples of one collection that stands alone, with the default budget. */
    public static Samples of(Target target) {
        return new Samples(target, new SeriesPrefixes(target), Schedule.DEFAULT_MAX_SERIES);
    }

    /**
     * Adds one sample.
     *
     * @param value finite or infinite; what is not a number is not to be added
     * @param labelValues one for each of {@link Family#labels}
     * @throws IllegalArgumentException for a value or labels that the family cannot have, or a series added before
     */
    public void add(Family family, double value, String... labelValues) {
        check(family, value, labelValues);
        var lines = families.computeIfAbsent(family, _ -> new Lines());
        var prefix = place(lines, family, labelValues);
        if (prefix != null) {
            lines.buffer.append(prefix);
            lines.buffer.append(value);
            lines.buffer.append('\n');
            lines.keep(value);
        }
    }

    /** Adds a sample that is 1 when the condition holds, else 0. */
    public void add(Family family, boolean value, String... labelValues) {
        add(family, value ? 1 : 0, labelValues);
    }

    /**
     * Adds what was observed so far: cumulative buckets, sum and count. However many lines that are, it is one series to
     * the budget.
     *
     * @param family with the same bounds as the histogram's
     */
    public void add(Family family, Histogram histogram, String... labelValues) {
        if (family.kind() != Family.Kind.HISTOGRAM || !family.bounds().equals(histogram.bounds())) {
            throw new IllegalArgumentException(
                    "family " + family.name() + " has bounds " + family.bounds() + ", not " + histogram.bounds());
        }
        checkLabels(family, labelValues);
        var lines = families.computeIfAbsent(family, _ -> new Lines());
        var prefix = place(lines, family, labelValues);
        if (prefix != null) {
            histogram.appendTo(lines.buffer, prefix);
        }
    }

    /** Returns what the line begins with; null when the budget has no room for it. */
    private byte @Nullable [] place(Lines lines, Family family, String[] labelValues) {
        if (lines.series.size() >= maxSeries) {
            dropped.merge(family, 1, Integer::sum);
            return null;
        }
        var key = List.of(labelValues);
        var prefix = prefixes.prefix(family, key);
        if (lines.series.put(key, prefix) != null) {
            throw new IllegalArgumentException("family " + family.name() + ": series " + key + " twice");
        }
        lines.labelValues.add(key);
        return prefix;
    }

    private void check(Family family, double value, String[] labelValues) {
        checkLabels(family, labelValues);
        if (family.kind() == Family.Kind.HISTOGRAM) {
            throw new IllegalArgumentException("family " + family.name() + " is a histogram, not a number");
        }
        if (Double.isNaN(value) || (value < 0 && family.kind() == Family.Kind.COUNTER)) {
            throw new IllegalArgumentException("family " + family.name() + " cannot be " + value);
        }
    }

    private void checkLabels(Family family, String[] labelValues) {
        if (labelValues.length != family.labels().size()) {
            throw new IllegalArgumentException(
                    "family " + family.name() + " has labels " + family.labels() + ", not " + List.of(labelValues));
        }
        if (nodeGiven && family.labels().contains("node")) {
            throw new IllegalArgumentException("family " + family.name() + ": the label node is given by the target");
        }
    }

    /** Says what was left out of this collection and why, for the status page. */
    public void note(String note) {
        notes.add(note);
    }

    /**
     * Says that the backend is not well, though what was added stands: the target is down, and its samples are published
     * all the same. For what tries something, and whose failure is a result; the last call counts.
     */
    public void fail(Reason reason, String message) {
        failure = new Outcome.Failed(reason, message);
    }

    /** Hands what was seen, typed, to the cluster's {@link Derivation}. */
    public void fact(Record newFact) {
        fact = newFact;
    }

    /** Says, in a {@link Derivation}, that all is as it was before: what stands there is kept and nothing added. */
    public void unchanged() {
        unchanged = true;
    }

    boolean isUnchanged() {
        return unchanged;
    }

    List<FamilyLines> freeze() {
        var series = new HashMap<Family, Map<List<String>, byte[]>>();
        var lines = new ArrayList<FamilyLines>();
        families.forEach((family, of) -> {
            series.put(family, of.series);
            var values = Arrays.copyOf(of.values, of.size);
            lines.add(new FamilyLines(family, of.buffer.toBytes(), List.copyOf(of.labelValues), values));
        });
        prefixes.keep(series);
        return lines;
    }

    Outcome outcome() {
        var failed = failure;
        return failed == null ? new Outcome.Collected(notes) : failed;
    }

    Optional<Record> fact() {
        return Optional.ofNullable(fact);
    }

    Map<Family, Integer> dropped() {
        return dropped;
    }

    /** What was added so far, as sample lines. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        families.values().forEach(lines -> text.append(new String(lines.buffer.toBytes(), StandardCharsets.UTF_8)));
        return text.toString();
    }
}
