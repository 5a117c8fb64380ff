// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** What INFO, or CLUSTER INFO, says: lines of {@code field:value}, and headings such as {@code # Memory}. */
final class Info {

    private final Map<String, String> fields;

    private Info(Map<String, String> fields) {
        this.fields = fields;
    }

    static Info parse(String text) {
        var fields = new LinkedHashMap<String, String>(512);
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            int colon = text.indexOf(':', start);
            if (text.charAt(start) == '#') {
                fields.put(text.substring(start, end).strip(), "");
            } else if (colon > start && colon < end) {
                fields.put(text.substring(start, colon), text.substring(colon + 1, end).strip());
            }
            start = end + 1;
        }
        return new Info(fields);
    }

    /** Empty when it is not there. */
    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /** Whether there is a field or heading of that name. */
    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Whether a field of 0 and 1 is 1. */
    boolean is(String field) {
        return text(field).equals("1");
    }

    /** Empty when it is not there, or no number of this kind. */
    OptionalLong whole(String field) {
        return wholeOf(text(field));
    }

    /** Empty when it is not there, or negative, which is Redis' word for "never". */
    OptionalDouble number(String field) {
        return numberOf(text(field));
    }

    /** Every field whose name begins so, with the rest of its name. */
    void each(String prefix, BiConsumer<String, String> then) {
        fields.forEach((field, value) -> {
            if (field.startsWith(prefix)) {
                then.accept(field.substring(prefix.length()), value);
            }
        });
    }

    /** The parts of a value such as {@code keys=2,expires=1}. */
    static Map<String, String> parts(String value) {
        var parts = new LinkedHashMap<String, String>();
        for (var part : value.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return parts;
    }

    static OptionalLong wholeOf(String value) {
        try {
            return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    static OptionalDouble numberOf(String value) {
        try {
            double number = value.isEmpty() ? -1 : Double.parseDouble(value);
            return number >= 0 && Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
