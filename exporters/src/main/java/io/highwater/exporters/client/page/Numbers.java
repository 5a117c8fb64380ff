// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.page;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as Prometheus writes them: decimal, or {@code NaN}, {@code +Inf}, {@code -Inf} in any case. */
public final class Numbers {

    private Numbers() {}

    /** Not a number is a value here; empty is for what is no such text. */
    public static OptionalDouble parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> OptionalDouble.of(Double.NaN);
            case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> decimal(text);
        };
    }

    private static OptionalDouble decimal(String text) {
        // Java's own would take 1d, 0x1p3 and blanks around.
        if (!text.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }
}
