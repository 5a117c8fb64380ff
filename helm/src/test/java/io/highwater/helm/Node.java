// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A value in a YAML document: a map, a list, a text, a number, a truth or nothing. */
record Node(@Nullable Object value) {

    static Node parse(String yaml) {
        return new Node(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    /** The documents of a stream that are not empty. */
    static List<Node> parseAll(String yaml) {
        var documents = new Load(LoadSettings.builder().build()).loadAllFromString(yaml);
        return StreamSupport.stream(documents.spliterator(), false)
                .filter(document -> document != null)
                .map(Node::new)
                .toList();
    }

    /** What is found by these keys of maps and places in lists; an assertion fails when there is nothing. */
    Node at(Object... keys) {
        return find(keys).orElseThrow(() -> new AssertionError("nothing at " + List.of(keys) + " of " + value));
    }

    Optional<Node> find(Object... keys) {
        Object found = value;
        for (var key : keys) {
            if (found instanceof List<?> list && key instanceof Integer place) {
                found = place < list.size() ? list.get(place) : null;
            } else {
                found = found instanceof Map<?, ?> map ? map.get(key) : null;
            }
        }
        return Optional.ofNullable(found).map(Node::new);
    }

    String text() {
        return String.valueOf(value);
    }

    /** The items of a list, none of anything else. */
    List<Node> items() {
        return value instanceof List<?> list
                ? list.stream().<Node>map(Node::new).toList()
                : List.of();
    }

    /** The entries of a map in their order, none of anything else. */
    Map<String, Node> entries() {
        var entries = new LinkedHashMap<String, Node>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> entries.put(String.valueOf(key), new Node(item)));
        }
        return entries;
    }
}
