// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** What may stand below a key: the Java types that a settings record can be made of. */
sealed interface ValueType {

    /** One word or text. */
    record Word(ScalarType type) implements ValueType {}

    /** A {@link List}. */
    record Several(ValueType item) implements ValueType {}

    /** A {@link Map} by names that the user gives. */
    record Named(ValueType each) implements ValueType {}

    /** A record. */
    record Keys(Class<? extends Record> record) implements ValueType {
        Shape shape() {
            return Shape.of(record);
        }
    }

    /** A {@link Secret}: written as where it is to be found. */
    record Hidden() implements ValueType {}

    static ValueType of(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new Several(of(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return new Named(of(generic.getActualTypeArguments()[1]));
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalStateException("settings cannot be of " + type);
        }
        if (plain == Secret.class) {
            return new Hidden();
        }
        return plain.isRecord() ? new Keys(plain.asSubclass(Record.class)) : new Word(ScalarType.of(plain));
    }
}
