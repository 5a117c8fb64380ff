// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Nearest;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The binding of one mapping to one record: every key is known, everything required is there, the record agrees. */
final class RecordBinding {

    private final Shape shape;
    private final Yaml.Mapping mapping;
    private final Binder binder;
    private final Secrets secrets;
    private final Problems problems;

    /** The keys that misspelled ones stand for: they need not be called missing as well. */
    private final Set<String> meant = new HashSet<>();

    RecordBinding(Shape shape, Yaml.Mapping mapping, Binder binder, Secrets secrets, Problems problems) {
        this.shape = shape;
        this.mapping = mapping;
        this.binder = binder;
        this.secrets = secrets;
        this.problems = problems;
    }

    @Nullable
    Object bind(Collection<String> others) {
        var known = shape.spellings(others);
        mapping.values().forEach((word, value) -> check(word, value.place(), known));
        List<Object> values = new ArrayList<>();
        for (var key : shape.keys()) {
            var value = component(key);
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == shape.keys().size() ? construct(values.toArray()) : null;
    }

    private void check(String word, Place place, List<String> known) {
        for (var key : shape.keys()) {
            if (key.secret() && key.name().equals(word)) {
                var keys = key.fileKey() + ": or " + key.envKey() + ":";
                problems.add(place, "write " + keys + ", never the secret itself");
                meant.addAll(key.spellings());
                return;
            }
        }
        if (!known.contains(word)) {
            problems.unknown(place, "key", word, known);
            Nearest.to(word, known).ifPresent(meant::add);
        }
    }

    private @Nullable Object component(Key key) {
        var written = key.spellings().stream().filter(mapping::has).toList();
        if (written.isEmpty()) {
            return absent(key);
        }
        var value = key.secret() ? secret(key, written) : binder.value(key.type(), mapping.get(key.name()));
        return key.optional() && value != null ? Optional.of(value) : value;
    }

    private @Nullable Object secret(Key key, List<String> written) {
        var value = mapping.get(written.getFirst());
        if (written.size() > 1) {
            problems.add(
                    value.place(), "%s: and %s: are given".formatted(key.fileKey(), key.envKey()), "leave one out");
            return null;
        }
        if (!(value instanceof Yaml.Scalar(Place place, String text))) {
            problems.add(value.place(), "expected text");
            return null;
        }
        var secret = mapping.has(key.fileKey()) ? secrets.inFile(place, text) : secrets.inEnvironment(place, text);
        return secret.orElse(null);
    }

    private @Nullable Object absent(Key key) {
        if (key.fallback().isPresent()) {
            var value = key.fallback().get().value();
            return key.optional() ? Optional.of(value) : value;
        }
        if (key.optional()) {
            return Optional.empty();
        }
        if (key.spellings().stream().noneMatch(meant::contains)) {
            var about = key.about().isEmpty() ? "" : ": " + key.about();
            problems.add(mapping.place().key(String.join(" or ", key.spellings())), "missing key" + about);
        }
        return null;
    }

    private @Nullable Object construct(Object[] values) {
        try {
            return shape.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                refused(String.valueOf(refusal.getMessage()));
                return null;
            }
            throw new IllegalStateException("a bug in " + shape.constructor(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a record by " + shape.constructor(), e);
        }
    }

    /** A message that starts with a key and a colon is about that key. */
    private void refused(String message) {
        for (var key : shape.keys()) {
            var start = key.name() + ": ";
            if (message.startsWith(start)) {
                var written = key.spellings().stream()
                        .filter(mapping::has)
                        .findFirst()
                        .orElse(key.name());
                problems.add(mapping.get(written).place(), message.substring(start.length()));
                return;
            }
        }
        problems.add(mapping.place(), message);
    }
}
