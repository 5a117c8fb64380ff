// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Binds YAML values to Java ones: words, lists, maps and records of them. What does not fit becomes a problem and is
 * null in here, empty outside; binding goes on, so that all problems are found.
 */
final class Binder {

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://[^/@\\s]*:[^/@\\s]+@");

    private final Problems problems;
    private final Secrets secrets;

    Binder(Problems problems, Secrets secrets) {
        this.problems = problems;
        this.secrets = secrets;
    }

    /**
     * Binds a record whose component names are the keys.
     *
     * @param others keys beside the record's that somebody else binds
     */
    <R extends Record> Optional<R> bind(Class<R> type, Yaml value, Collection<String> others) {
        return Optional.ofNullable(type.cast(record(Shape.of(type), value, others)));
    }

    @Nullable
    Object value(Type type, Yaml value) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class -> list(list.getActualTypeArguments()[0], value);
            case ParameterizedType map
            when map.getRawType() == Map.class -> map(map.getActualTypeArguments()[1], value);
            case Class<?> other
            when other.isRecord() -> record(Shape.of(other.asSubclass(Record.class)), value, List.of());
            case Class<?> other -> scalar(ScalarType.of(other), value);
            default -> throw new IllegalStateException("settings cannot be of " + type);
        };
    }

    private @Nullable Object scalar(ScalarType type, Yaml value) {
        if (!(value instanceof Yaml.Scalar(Place place, String text))) {
            problems.add(value.place(), "expected " + type.noun());
            return null;
        }
        if (PASSWORD_IN_URL.matcher(text).find()) {
            problems.add(place, "a password in an address", "write it into a file or the environment");
            return null;
        }
        var read = type.read().apply(text);
        if (read.isEmpty()) {
            var found = "expected " + type.noun() + ", found \"" + text + "\"";
            problems.add(place, found, type.hint().apply(text));
            return null;
        }
        return read.get() instanceof Path path ? Path.of(place.file()).resolveSibling(path) : read.get();
    }

    /** A single value stands for a list of one. */
    private @Nullable Object list(Type type, Yaml value) {
        var items = value instanceof Yaml.Sequence several ? several.items() : List.of(value);
        List<Object> bound = new ArrayList<>();
        for (var item : items) {
            var element = value(type, item);
            if (element != null) {
                bound.add(element);
            }
        }
        return bound.size() == items.size() ? Collections.unmodifiableList(bound) : null;
    }

    private @Nullable Object map(Type type, Yaml value) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            problems.add(value.place(), "expected names with values");
            return null;
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        mapping.values().forEach((name, each) -> {
            var element = value(type, each);
            if (element != null) {
                bound.put(name, element);
            }
        });
        return bound.size() == mapping.values().size() ? Collections.unmodifiableMap(bound) : null;
    }

    private @Nullable Object record(Shape shape, Yaml value, Collection<String> others) {
        return switch (value) {
            case Yaml.Mapping mapping -> record(shape, mapping, others);
            case Yaml.Nothing(Place place) -> record(shape, Yaml.Mapping.empty(place), others);
            case Yaml.Scalar scalar
            when shape.shorthand().isPresent() -> {
                var key = shape.shorthand().get().name();
                yield record(shape, new Yaml.Mapping(scalar.place(), Map.of(key, scalar)), others);
            }
            case Yaml.Scalar _, Yaml.Sequence _ -> {
                var known = String.join(", ", shape.spellings(others));
                problems.add(value.place(), "expected keys with values", "known: " + known);
                yield null;
            }
        };
    }

    private @Nullable Object record(Shape shape, Yaml.Mapping mapping, Collection<String> others) {
        return new RecordBinding(shape, mapping, this, secrets, problems).bind(others);
    }
}
