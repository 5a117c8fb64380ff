// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

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
    Object value(ValueType type, Yaml value) {
        return switch (type) {
            case ValueType.Word word -> word(word.type(), value);
            case ValueType.Several several -> list(several.item(), value);
            case ValueType.Named named -> map(named.each(), value);
            case ValueType.Keys keys -> record(keys.shape(), value, List.of());
            case ValueType.Hidden _ -> throw new IllegalStateException("a secret has a key of its own");
        };
    }

    private @Nullable Object word(ScalarType type, Yaml value) {
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
    private @Nullable Object list(ValueType type, Yaml value) {
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

    private @Nullable Object map(ValueType type, Yaml value) {
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
        var mapping = mapping(shape, value);
        if (mapping.isEmpty()) {
            var known = String.join(", ", shape.spellings(others));
            problems.add(value.place(), "expected keys with values", "known: " + known);
            return null;
        }
        return new RecordBinding(shape, mapping.get(), this, secrets, problems).bind(others);
    }

    private static Optional<Yaml.Mapping> mapping(Shape shape, Yaml value) {
        return switch (value) {
            case Yaml.Mapping mapping -> Optional.of(mapping);
            case Yaml.Nothing _ -> Optional.of(Yaml.Mapping.of(value));
            case Yaml.Scalar scalar ->
                shape.shorthand().map(key -> new Yaml.Mapping(scalar.place(), Map.of(key.name(), scalar)));
            case Yaml.Sequence _ -> Optional.empty();
        };
    }
}
