// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.OfComponent;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One key of a settings record.
 *
 * @param type of its value; what is inside, when the component is an {@link Optional}
 * @param fallback what it is when absent
 * @param component of the same cluster whose name may stand for the value
 */
record Key(
        String name,
        ValueType type,
        boolean optional,
        Optional<Fallback> fallback,
        String about,
        Optional<String> component,
        Method accessor) {

    static Key of(RecordComponent component) {
        var optional = component.getType() == Optional.class;
        var generic = component.getGenericType();
        var type = ValueType.of(optional ? ((ParameterizedType) generic).getActualTypeArguments()[0] : generic);
        var doc = Optional.ofNullable(component.getAnnotation(Doc.class));
        component.getAccessor().setAccessible(true);
        return new Key(
                component.getName(),
                type,
                optional,
                Optional.ofNullable(component.getAnnotation(Default.class))
                        .map(text -> Fallback.of(text.value(), type, component)),
                doc.map(Doc::value).orElse(""),
                Optional.ofNullable(component.getAnnotation(OfComponent.class)).map(OfComponent::value),
                component.getAccessor());
    }

    boolean secret() {
        return type instanceof ValueType.Hidden;
    }

    boolean required() {
        return !optional && fallback.isEmpty();
    }

    List<String> spellings() {
        return secret() ? List.of(fileKey(), envKey()) : List.of(name);
    }

    String fileKey() {
        return name + "File";
    }

    String envKey() {
        return name + "Env";
    }

    /** The component's value; what is inside, when it is an {@link Optional}. */
    Optional<Object> in(Record settings) {
        try {
            var value = accessor.invoke(settings);
            return value instanceof Optional<?> perhaps ? perhaps.map(Object.class::cast) : Optional.of(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + name + " of " + settings.getClass(), e);
        }
    }

    /** What a key is when it is absent: as YAML and as bound from it, once. */
    record Fallback(String text, Object value) {

        private static Fallback of(String text, ValueType type, RecordComponent component) {
            var problems = new Problems();
            var binder = new Binder(problems, new Secrets(Map.of(), problems));
            return new YamlReader(problems)
                    .read(text, Place.NOWHERE)
                    .map(yaml -> yaml instanceof Yaml.Nothing ? new Yaml.Scalar(Place.NOWHERE, text) : yaml)
                    .flatMap(yaml -> Optional.ofNullable(binder.value(type, yaml)))
                    .map(value -> new Fallback(text, value))
                    .orElseThrow(
                            () -> new IllegalStateException("the default of " + component + ": " + problems.list()));
        }
    }
}
