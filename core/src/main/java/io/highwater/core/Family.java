// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A metric family as data: everything about a number but its value.
 *
 * <p>One declaration serves the clash check at start, {@code docs/metrics.md}, the check that rules and dashboards
 * use metrics that exist, and the validation of signal selectors.
 *
 * @param name the name as it is exposed, e.g. {@code pg_replication_lag_seconds}
 * @param kind what the number is
 * @param help one sentence for the {@code HELP} line
 * @param source where the number comes from: view, function, command, API subject
 * @param labels the label names of one sample, after those that the target gives ({@code cluster}, {@code node})
 * @param compatible whether name, type and meaning are those of an established exporter, so that dashboards go on
 *     working; only such a counter may lack {@code _total}
 * @param bounds the upper bounds of a histogram's buckets, ascending and without {@code +Inf}; empty for other kinds
 */
public record Family(
        String name,
        Kind kind,
        String help,
        String source,
        List<String> labels,
        boolean compatible,
        List<Double> bounds) {

    /** What a number is. */
    public enum Kind {
        /** Goes up and down. */
        GAUGE,
        /** Only goes up, but for a restart of what is counted. */
        COUNTER,
        /** Always 1; the labels are the information. The name ends in {@code _info}. */
        INFO,
        /** How often what was observed was how large: a {@link Histogram}. */
        HISTOGRAM
    }

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** What would look as a line of a histogram of the rest of the name, or as another kind. */
    private static final Pattern TAKEN = Pattern.compile(".*_(total|info|bucket|sum|count)");

    public Family {
        labels = List.copyOf(labels);
        bounds = List.copyOf(bounds);
        check(NAME.matcher(name).matches(), name, "a name is lower case letters, digits and _");
        check(labels.stream().allMatch(label -> NAME.matcher(label).matches()), name, "a label name is as a name");
        check(labels.stream().distinct().count() == labels.size(), name, "label names differ");
        check(!labels.contains("cluster"), name, "the label cluster is given by the target");
        check(help.endsWith("."), name, "the help is a sentence");
        check(compatible || name.endsWith("_total") == (kind == Kind.COUNTER), name, "_total is for counters");
        check(name.endsWith("_info") == (kind == Kind.INFO), name, "_info is for infos");
        check(bounds.isEmpty() == (kind != Kind.HISTOGRAM), name, "a histogram has bounds, and nothing else has");
        check(bounds.stream().allMatch(Family::isBound), name, "a bound is finite and not below 0");
        check(isAscending(bounds), name, "each bound is above the one before");
        check(kind != Kind.HISTOGRAM || !labels.contains("le"), name, "the label le is that of the buckets");
        check(
                kind != Kind.HISTOGRAM || !TAKEN.matcher(name).matches(),
                name,
                "a histogram's lines add their own suffix");
    }

    /** By the name alone, which differs: this is asked for with every sample. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private static boolean isBound(double bound) {
        return Double.isFinite(bound) && Double.compare(bound, 0) >= 0;
    }

    private static boolean isAscending(List<Double> bounds) {
        return IntStream.range(1, bounds.size()).allMatch(i -> bounds.get(i - 1) < bounds.get(i));
    }

    private static void check(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("family " + name + ": " + rule);
        }
    }

    public static Family gauge(String name, String help) {
        return new Family(name, Kind.GAUGE, help, "", List.of(), false, List.of());
    }

    public static Family counter(String name, String help) {
        return new Family(name, Kind.COUNTER, help, "", List.of(), false, List.of());
    }

    public static Family info(String name, String help) {
        return new Family(name, Kind.INFO, help, "", List.of(), false, List.of());
    }

    /** @param upperBounds not below 0, finite, ascending; what is above all of them is counted as well */
    public static Family histogram(String name, String help, double... upperBounds) {
        var bounds = DoubleStream.of(upperBounds).boxed().toList();
        return new Family(name, Kind.HISTOGRAM, help, "", List.of(), false, bounds);
    }

    public Family from(String newSource) {
        return new Family(name, kind, help, newSource, labels, compatible, bounds);
    }

    public Family by(String... newLabels) {
        return new Family(name, kind, help, source, List.of(newLabels), compatible, bounds);
    }

    /** Marks a name that an established exporter made known. */
    public static Family compatible(String name, Kind kind, String help) {
        return new Family(name, kind, help, "", List.of(), true, List.of());
    }

    /** The names that its lines begin with: its own, or those of the three sorts of line that a histogram has. */
    public List<String> seriesNames() {
        return kind == Kind.HISTOGRAM ? List.of(name + "_bucket", name + "_sum", name + "_count") : List.of(name);
    }

    /** The base unit that the name ends in, or the empty string. */
    public String unit() {
        var stem = name.endsWith("_total") ? name.substring(0, name.length() - "_total".length()) : name;
        for (var unit : List.of("seconds", "bytes", "ratio")) {
            if (stem.endsWith("_" + unit)) {
                return unit;
            }
        }
        return "";
    }
}
