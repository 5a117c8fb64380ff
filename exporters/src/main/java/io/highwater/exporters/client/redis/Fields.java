// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** Named values, as Redis tells them. */
public record Fields(Map<String, String> values) {

    /** Lines of {@code field:value}, and headings such as {@code # Memory}, which are fields without a value. */
    public static Fields ofInfo(String text) {
        var fields = new LinkedHashMap<String, String>(512);
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            int colon = text.indexOf(':', start);
            if (text.charAt(start) == '#') {
                fields.put(text.substring(start, end).strip(), "");
            } else if (colon > start && colon < end) {
                fields.put(
                        text.substring(start, colon),
                        text.substring(colon + 1, end).strip());
            }
            start = end + 1;
        }
        return new Fields(fields);
    }

    /** The parts of a value such as {@code keys=2,expires=1}. */
    public static Fields ofParts(String value) {
        var parts = new LinkedHashMap<String, String>();
        for (var part : value.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return new Fields(parts);
    }

    /** Whether there is a field or heading of that name. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Empty when it is not there. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** Whether a field of 0 and 1 is 1. */
    public boolean is(String name) {
        return text(name).equals("1");
    }

    /** Empty when it is not there, or no whole number. */
    public OptionalLong whole(String name) {
        try {
            var text = text(name);
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Empty when it is not there, no number, or negative, which is Redis' word for "never". */
    public OptionalDouble number(String name) {
        try {
            var text = text(name);
            double number = text.isEmpty() ? -1 : Double.parseDouble(text);
            return number >= 0 && Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Every field whose name begins so, with the rest of its name. */
    public void each(String prefix, BiConsumer<String, String> then) {
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                then.accept(name.substring(prefix.length()), value);
            }
        });
    }
}
