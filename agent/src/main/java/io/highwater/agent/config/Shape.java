// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A settings record as seen from the configuration: the keys that it has. */
record Shape(Constructor<? extends Record> constructor, List<Key> keys) {

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            var components = type.getRecordComponents();
            return new Shape(
                    canonical(type.asSubclass(Record.class), components),
                    Arrays.stream(components).map(Key::of).toList());
        }
    };

    static Shape of(Class<? extends Record> type) {
        return SHAPES.get(type);
    }

    private static Constructor<? extends Record> canonical(Class<? extends Record> type, RecordComponent[] components) {
        try {
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its canonical constructor: " + type, e);
        }
    }

    /** Every key as it may be written, and then the others. */
    List<String> spellings(Collection<String> others) {
        var own = keys.stream().flatMap(key -> key.spellings().stream());
        return Stream.concat(own, others.stream()).toList();
    }

    /** The one key whose value may stand for the whole record: {@code pg-1: "host:5432"}. */
    Optional<Key> shorthand() {
        var required = keys.stream().filter(Key::required).toList();
        return required.size() == 1 && !required.getFirst().secret()
                ? Optional.of(required.getFirst())
                : Optional.empty();
    }
}
