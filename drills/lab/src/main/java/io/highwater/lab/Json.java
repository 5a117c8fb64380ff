// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON as plain values: null, Boolean, Long, BigDecimal, String, List and Map. Read and written by the NATS client's. */
final class Json {

    private Json() {}

    static String write(Map<String, ?> map) {
        return value(map).toJson();
    }

    static String write(List<?> list) {
        return value(list).toJson();
    }

    /** An object whose values are text. */
    static Map<String, String> texts(@Nullable Object object) {
        return object instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> String.valueOf(entry.getKey()), entry -> String.valueOf(entry.getValue())))
                : Map.of();
    }

    private static JsonValue value(Object plain) {
        return switch (plain) {
            case Map<?, ?> map ->
                new JsonValue(map.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> String.valueOf(entry.getKey()), entry -> value(entry.getValue()))));
            case List<?> list -> new JsonValue(list.stream().map(Json::value).toList());
            case String text -> new JsonValue(text);
            case Boolean bool -> new JsonValue(bool);
            case Number number -> new JsonValue(new BigDecimal(number.toString()));
            default -> throw new IllegalArgumentException("no JSON for " + plain.getClass());
        };
    }

    static @Nullable Object read(String text) {
        try {
            return plain(JsonParser.parse(text, JsonParser.Option.KEEP_NULLS));
        } catch (JsonParseException e) {
            throw new LabException("no JSON: " + text, e);
        }
    }

    private static @Nullable Object plain(JsonValue value) {
        return switch (value.type) {
            case MAP -> {
                var map = new HashMap<String, @Nullable Object>();
                value.map.forEach((key, one) -> map.put(key, plain(one)));
                yield map;
            }
            case ARRAY -> value.array.stream().map(Json::plain).toList();
            case STRING -> value.string;
            case BOOL -> value.bool;
            case NULL -> null;
            case INTEGER, LONG -> value.number.longValue();
            case DOUBLE, FLOAT, BIG_DECIMAL, BIG_INTEGER -> new BigDecimal(value.number.toString());
        };
    }
}
