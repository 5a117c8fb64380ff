// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;
import java.util.regex.Pattern;

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
 */
public record Family(String name, Kind kind, String help, String source, List<String> labels, boolean compatible) {

    /** What a number is. */
    public enum Kind {
        /** Goes up and down. */
        GAUGE,
        /** Only goes up, but for a restart of what is counted. */
        COUNTER,
        /** Always 1; the labels are the information. The name ends in {@code _info}. */
        INFO
    }

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    public Family {
        labels = List.copyOf(labels);
        check(NAME.matcher(name).matches(), name, "a name is lower case letters, digits and _");
        check(labels.stream().allMatch(label -> NAME.matcher(label).matches()), name, "a label name is as a name");
        check(labels.stream().distinct().count() == labels.size(), name, "label names differ");
        check(!labels.contains("cluster"), name, "the label cluster is given by the target");
        check(help.endsWith("."), name, "the help is a sentence");
        check(compatible || name.endsWith("_total") == (kind == Kind.COUNTER), name, "_total is for counters");
        check(name.endsWith("_info") == (kind == Kind.INFO), name, "_info is for infos");
    }

    /** By the name alone, which differs: this is asked for with every sample. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private static void check(boolean holds, String name, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("family " + name + ": " + rule);
        }
    }

    public static Family gauge(String name, String help) {
        return new Family(name, Kind.GAUGE, help, "", List.of(), false);
    }

    public static Family counter(String name, String help) {
        return new Family(name, Kind.COUNTER, help, "", List.of(), false);
    }

    public static Family info(String name, String help) {
        return new Family(name, Kind.INFO, help, "", List.of(), false);
    }

    public Family from(String newSource) {
        return new Family(name, kind, help, newSource, labels, compatible);
    }

    public Family by(String... newLabels) {
        return new Family(name, kind, help, source, List.of(newLabels), compatible);
    }

    /** Marks a name that an established exporter made known. */
    public static Family compatible(String name, Kind kind, String help) {
        return new Family(name, kind, help, "", List.of(), true);
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
