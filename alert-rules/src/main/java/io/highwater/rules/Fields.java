// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import io.highwater.core.Durations;
import io.highwater.core.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A mapping of a YAML file, read key by key. What is wrong is an {@link IllegalArgumentException} that says where. */
final class Fields {

    private final String where;
    private final Map<?, ?> map;
    private final Set<Object> read = new HashSet<>();

    Fields(String where, Object value) {
        if (!(value instanceof Map<?, ?> found)) {
            throw new IllegalArgumentException(where + " is to be a mapping, and is: " + value);
        }
        this.where = where;
        this.map = found;
    }

    /** Without reading it: what this is about. */
    String where() {
        return where;
    }

    Set<?> keys() {
        return map.keySet();
    }

    String text(String key) {
        return optionalText(key).orElseThrow(() -> wrong(key, "is missing"));
    }

    Optional<String> optionalText(String key) {
        return optional(key).map(Object::toString).map(String::strip);
    }

    Optional<Object> optional(String key) {
        read.add(key);
        return Optional.ofNullable(map.get(key));
    }

    List<?> list(String key) {
        if (optional(key).orElseThrow(() -> wrong(key, "is missing")) instanceof List<?> list) {
            return list;
        }
        throw wrong(key, "is to be a list");
    }

    Fields fields(String key) {
        return new Fields(where + "." + key, optional(key).orElseThrow(() -> wrong(key, "is missing")));
    }

    <E extends Enum<E>> E word(String key, List<E> all, Function<E, String> label) {
        var text = text(key);
        return all.stream()
                .filter(one -> label.apply(one).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        wrong(key, "is to be one of " + all.stream().map(label).toList() + ", and is " + text));
    }

    /** One value for all levels, or a mapping with one for each; empty when the key is missing. */
    <T> Map<Level, T> byLevel(String key, Function<Object, T> read) {
        var values = new EnumMap<Level, T>(Level.class);
        optional(key).ifPresent(value -> {
            for (var level : Level.values()) {
                var of = value instanceof Map<?, ?> each ? each.get(level.name()) : value;
                if (of == null) {
                    throw wrong(key, "says nothing of " + level);
                }
                values.put(level, read.apply(of));
            }
        });
        return values;
    }

    /** To be called when all that is known was read. */
    void refuseOthers() {
        map.keySet().stream().filter(key -> !read.contains(key)).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException(where + " has an unknown key: " + key);
        });
    }

    static Duration duration(Object value) {
        return Durations.parse(value.toString())
                .orElseThrow(() -> new IllegalArgumentException("no duration such as 30s or 1h: " + value));
    }

    static Double number(Object value) {
        return Double.valueOf(value.toString());
    }

    private IllegalArgumentException wrong(String key, String what) {
        return new IllegalArgumentException(where + "." + key + " " + what);
    }
}
