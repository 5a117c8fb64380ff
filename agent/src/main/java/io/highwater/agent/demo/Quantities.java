// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them; a dash for what is not known. */
final class Quantities {

    static final String UNKNOWN = "-";
    private static final List<String> BYTES = List.of("B", "kB", "MB", "GB", "TB");

    private Quantities() {}

    static String seconds(OptionalDouble value) {
        if (value.isEmpty()) {
            return UNKNOWN;
        }
        return Double.isInfinite(value.getAsDouble())
                ? "+Inf"
                : String.format(Locale.ROOT, "%.1f s", value.getAsDouble());
    }

    /** Red from the limit on, and when it is not known. */
    static String seconds(OptionalDouble value, double limit, Ink ink) {
        return ink.judge(value.orElse(Double.MAX_VALUE) < limit, seconds(value));
    }

    static String perSecond(OptionalDouble value) {
        return value.isEmpty() ? UNKNOWN : String.format(Locale.ROOT, "%.1f/s", value.getAsDouble());
    }

    static String bytes(OptionalDouble value) {
        return value.isEmpty() ? UNKNOWN : bytes(value.getAsDouble(), 0);
    }

    private static String bytes(double value, int unit) {
        return value < 1000 || unit == BYTES.size() - 1
                ? String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, BYTES.get(unit))
                : bytes(value / 1000, unit + 1);
    }

    static String count(OptionalDouble value) {
        return value.isEmpty() ? UNKNOWN : String.format(Locale.ROOT, "%.0f", value.getAsDouble());
    }

    /** For scripts, which part words at blanks. */
    static String compact(String quantity) {
        return quantity.replace(" ", "");
    }
}
