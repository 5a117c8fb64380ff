// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.signal;

import io.highwater.core.FamilyLines;
import io.highwater.core.ForeignSeries;
import io.highwater.core.Globs;
import io.highwater.core.Target;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One series of a snapshot, however the snapshot has it. */
sealed interface Series {

    /** What tells it from the others of the same target; equal in each snapshot. */
    Object identity();

    double value();

    /** The value of a label of the series itself or of its target; empty when it has no such label. */
    String label(String name);

    /** One that an exporter declares. */
    record Declared(Target target, FamilyLines lines, int index) implements Series {
        @Override
        public Object identity() {
            return lines.labelValues(index);
        }

        @Override
        public double value() {
            return lines.value(index);
        }

        @Override
        public String label(String name) {
            int position = lines.family().labels().indexOf(name);
            return position < 0 ? of(target, name) : lines.labelValues(index).get(position);
        }
    }

    /** One of another program's. */
    record Foreign(Target target, ForeignSeries.Series series) implements Series {
        @Override
        public Object identity() {
            return series.labels();
        }

        @Override
        public double value() {
            return series.value();
        }

        @Override
        public String label(String name) {
            var own = series.labels().get(name);
            return own == null ? of(target, name) : own;
        }
    }

    /** What the target gives to all its series. */
    static String of(Target target, String label) {
        return switch (label) {
            case "cluster" -> target.cluster();
            case "component" -> target.component();
            case "node" -> target.node();
            default -> target.labels().getOrDefault(label, "");
        };
    }

    /** Whether it has what each entry wants. */
    static boolean matches(Map<String, String> where, Function<String, String> label) {
        return where.entrySet().stream()
                .allMatch(entry -> Globs.any(List.of(entry.getValue()), label.apply(entry.getKey())));
    }
}
