// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.util.List;
import java.util.Map;

/**
 * A YAML value with its place: where its key stands, or itself in a list. Free of aliases, tags, merge keys and
 * duplicate keys.
 */
sealed interface Yaml {

    Place place();

    /** A key with no value, or {@code null}. The same as no key at all, but for names that the user gives. */
    record Nothing(Place place) implements Yaml {}

    record Scalar(Place place, String text) implements Yaml {}

    record Sequence(Place place, List<Yaml> items) implements Yaml {}

    /** Keys in the file's order. */
    record Mapping(Place place, Map<String, Yaml> values) implements Yaml {

        /** The value when it is a mapping, an empty one otherwise. */
        static Mapping of(Yaml value) {
            return value instanceof Mapping mapping ? mapping : new Mapping(value.place(), Map.of());
        }

        boolean has(String key) {
            return values.containsKey(key) && !(values.get(key) instanceof Nothing);
        }

        Yaml get(String key) {
            return values.getOrDefault(key, new Nothing(place.key(key)));
        }
    }
}
